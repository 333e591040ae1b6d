/// The pages' only script: it follows a run and shows how far it is.
enum Script {
    static let text = """
        (() => {
          "use strict";
          const box = document.querySelector("[data-follow]");
          if (!box) return;
          const bar = box.querySelector("progress");
          const stage = box.querySelector("[data-stage]");
          const share = box.querySelector("[data-share]");
          let wait = 500;
          const follow = async () => {
            try {
              const answer = await fetch(box.dataset.follow, { headers: { accept: "application/json" } });
              if (!answer.ok) throw new Error(String(answer.status));
              const run = await answer.json();
              if (run.status !== "running") { location.reload(); return; }
              bar.value = run.progress;
              stage.textContent = run.stage_text;
              share.textContent = Math.round(run.progress * 100) + " %";
              wait = 500;
            } catch {
              wait = Math.min(wait * 2, 8000);
            }
            setTimeout(follow, wait);
          };
          setTimeout(follow, wait);
        })();

        """
}
