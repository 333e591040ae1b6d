/// The pages' look, of one family with the report's: the same inks, in light and dark.
enum Stylesheet {
    static let text = """
        :root{color-scheme:light dark;--bg:#fff;--ink:#1a2027;--soft:#5a6572;--line:#dde2e8;--panel:#f6f8fa;
        --blue:#0b64a8;--on-blue:#fff;--orange:#b34d00;--green:#1d6b3c}
        @media (prefers-color-scheme:dark){:root{--bg:#12161b;--ink:#e5e9ee;--soft:#9ba6b2;--line:#2d353e;
        --panel:#191f25;--blue:#5fb0ee;--on-blue:#0c1116;--orange:#f5994f;--green:#7fcf9c}}
        *{box-sizing:border-box}
        html{background:var(--bg);color:var(--ink);-webkit-text-size-adjust:100%}
        body{margin:0 auto;max-width:1180px;padding:0 28px 48px;font:15px/1.5 system-ui,-apple-system,"Segoe UI",
        Roboto,"Noto Sans",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
        font-variant-numeric:tabular-nums lining-nums}
        a{color:var(--blue)}
        :focus-visible{outline:2px solid var(--blue);outline-offset:2px}
        .skip{position:absolute;left:-9999px}
        .skip:focus{position:static}
        body>header{display:flex;flex-wrap:wrap;gap:6px 22px;align-items:baseline;padding:22px 0 10px;
        border-bottom:1px solid var(--line)}
        .brand{font-weight:650;color:var(--blue);text-decoration:none;font-size:18px}
        body>header nav{display:flex;flex-wrap:wrap;gap:4px 18px;flex:1}
        body>header nav a{color:var(--soft);text-decoration:none;padding:4px 0}
        body>header nav a:hover{text-decoration:underline}
        body>header nav a[aria-current]{color:var(--ink);border-bottom:2px solid var(--blue)}
        main{padding-top:22px}
        h1{margin:0 0 6px;font-size:27px;line-height:1.25;overflow-wrap:anywhere}
        h2{margin:30px 0 8px;font-size:20px}
        .lead,.note{color:var(--soft);max-width:86ch;margin:0 0 14px;overflow-wrap:anywhere}
        .note{font-size:13.5px}
        .scroll{overflow-x:auto;max-width:100%}
        table{border-collapse:collapse;font-size:14px;margin:6px 0 14px}
        caption{text-align:left;font-weight:600;padding:4px 0 6px}
        th,td{padding:6px 12px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        th+th,th+td,td+td{padding-left:12px}
        thead th{color:var(--soft);font-size:13px;border-bottom:1.5px solid var(--soft);vertical-align:bottom}
        tbody th{font-weight:500}
        .n{text-align:right;white-space:nowrap}
        .d{white-space:nowrap}
        thead th.n{white-space:normal;min-width:9ch}
        .wide tbody th{min-width:22ch}
        tr.told>*{border-bottom:0;padding-bottom:0}
        td.why{padding-top:2px;max-width:110ch}
        .small{color:var(--soft);font-size:13px}
        .strong{font-weight:650}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px;margin:0}
        .card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px}
        .card dt{color:var(--soft);font-size:13.5px}
        .card dd{margin:3px 0 0;font-size:22px;font-weight:640}
        .card .pm{display:block;font-size:13px;font-weight:400;color:var(--soft)}
        .facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:0;font-size:14px}
        .facts dt{color:var(--soft)}
        .facts dd{margin:0;overflow-wrap:anywhere}
        .status{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 9px;font-size:13px;
        white-space:nowrap}
        .status.done{color:var(--green)}
        .status.running{color:var(--blue)}
        .status.failed,.status.late{color:var(--orange)}
        .status.interrupted,.status.calm,.status.proposed,.status.closed,.status.snoozed{color:var(--soft)}
        .status.soon{color:var(--blue)}
        .status.approved,.status.ordered,.status.received{color:var(--green)}
        .status.rejected{color:var(--orange)}
        .box{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin:14px 0}
        .box.bad{border-color:var(--orange)}
        progress{width:min(460px,100%);height:14px;accent-color:var(--blue);vertical-align:middle}
        .actions{display:flex;flex-wrap:wrap;gap:10px 14px;align-items:center;margin:16px 0}
        button,.button{font:inherit;padding:7px 16px;border-radius:6px;border:1px solid var(--blue);
        background:var(--blue);color:var(--on-blue);cursor:pointer;text-decoration:none;display:inline-block}
        button.quiet,.button.quiet{background:transparent;color:var(--blue)}
        button.plain{border:0;background:none;color:var(--blue);padding:2px 4px;text-decoration:underline}
        input,select{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--soft);border-radius:6px;
        padding:6px 9px;max-width:100%}
        input[type=checkbox]{width:18px;height:18px;margin:0;padding:0}
        input[aria-invalid=true],select[aria-invalid=true]{border-color:var(--orange);border-width:2px}
        .filters{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:end;margin:0 0 12px}
        .filters input,.filters select{min-height:38px;box-sizing:border-box}
        .filters label{display:grid;gap:2px;font-size:13.5px;color:var(--soft)}
        .levers{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(330px,100%),1fr));gap:18px 26px}
        .lever{display:flex;flex-direction:column;gap:3px}
        .lever label{font-weight:600}
        .lever .help{color:var(--soft);font-size:13px}
        .lever .wrong{color:var(--orange);font-size:13.5px;font-weight:600}
        fieldset{border:0;margin:0 0 14px;padding:0}
        legend{font-weight:650;font-size:18px;padding:12px 0 8px}
        details{margin:14px 0}
        summary{cursor:pointer;color:var(--blue);width:fit-content}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;
        font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;
        white-space:pre-wrap;overflow-wrap:anywhere}
        body>footer{margin-top:40px;border-top:1px solid var(--line);padding-top:10px;color:var(--soft);font-size:13px}
        @media (max-width:640px){body{padding:0 16px 32px}.facts{grid-template-columns:1fr}}

        """
}
