/// The code in the page that draws the charts with Chart.js from the data beside each canvas. It reads its colours
/// from the style sheet, so that it follows light, dark and paper.
enum ChartCode {
    static let text = #"""
        (function () {
          "use strict";
          if (typeof Chart === "undefined") return;
          var formats = JSON.parse(document.getElementById("chart-formats").textContent);
          var drawn = [];
          function css(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
          function digits(v, n) {
            return v.toLocaleString("en-US", { minimumFractionDigits: n, maximumFractionDigits: n }).replace("-", "\u2212");
          }
          // One step of thousands for all marks of an axis: `scale` is the largest of them.
          function compact(v, scale) {
            var size = Math.max(Math.abs(v), scale);
            if (v === 0) return "0";
            for (var i = 0; size >= 10000 && i < formats.steps.length; i++) {
              if (size >= formats.steps[i][0]) {
                return (v / formats.steps[i][0]).toLocaleString("en-US", { maximumFractionDigits: 2 }) + formats.steps[i][1];
              }
            }
            return v.toLocaleString("en-US", { maximumFractionDigits: size < 10 ? 2 : 1 });
          }
          function show(v, spec, short, scale) {
            if (v === null || v === undefined || !isFinite(v)) return "\u2013";
            if (spec.format === "share") {
              return (short ? (v * 100).toLocaleString("en-US", { maximumFractionDigits: 1 }) : digits(v * 100, 1)) + " %";
            }
            var sign = v < 0 ? "\u2212" : "";
            if (spec.format === "money") {
              return sign + formats.sign + (short ? compact(Math.abs(v), scale) : digits(Math.abs(v), Math.abs(v) < 1000 ? 2 : 0));
            }
            if (short) return sign + compact(Math.abs(v), scale);
            return digits(v, Math.abs(v) < 100 && v !== Math.round(v) ? 1 : 0) + (spec.unit ? " " + spec.unit : "");
          }
          function styleOf(role) {
            var blue = css("--blue"), orange = css("--orange"), ink = css("--ink"), grey = css("--grey");
            switch (role) {
              case "low": return { borderWidth: 0, pointRadius: 0, fill: false };
              case "high": return { borderWidth: 0, pointRadius: 0, fill: "-1", backgroundColor: css("--band") };
              case "forecast": return { borderColor: blue, backgroundColor: blue, borderDash: [5, 4], borderWidth: 2, pointRadius: 0 };
              case "simulated": return { borderColor: blue, backgroundColor: blue, borderWidth: 2, pointRadius: 4, pointStyle: "circle" };
              case "actual": return { borderColor: orange, backgroundColor: orange, borderWidth: 2, pointRadius: 5.5, pointStyle: "rectRot" };
              case "capacity": return { borderColor: ink, backgroundColor: ink, borderDash: [2, 3], borderWidth: 1.5, pointRadius: 0, stepped: true };
              case "second": return { borderColor: orange, backgroundColor: orange, borderWidth: 1.6, pointRadius: 0 };
              case "third": return { borderColor: grey, backgroundColor: grey, borderWidth: 1.4, pointRadius: 0 };
              default: return { borderColor: blue, backgroundColor: blue, borderWidth: 1.6, pointRadius: 0 };
            }
          }
          function dataset(series, spec) {
            var set = styleOf(series.role);
            set.label = series.name;
            set.role = series.role;
            set.data = series.values;
            set.order = { low: 9, high: 8, capacity: 1, actual: 2, simulated: 3, forecast: 4 }[series.role] || 5;
            set.pointHoverRadius = 5;
            set.tension = 0;
            if (spec.kind === "dot") {
              set.showLine = false;
              set.pointRadius = 6;
              set.pointHoverRadius = 7;
            } else if (spec.kind !== "line") {
              set.borderWidth = 0;
              set.maxBarThickness = 22;
              set.categoryPercentage = 0.78;
              set.barPercentage = 0.92;
            }
            if (spec.kind === "ladder") {
              set.data = series.values.map(function (v, i) { return [series.starts[i], v]; });
              set.minBarLength = 2;
              set.barPercentage = 1;
              set.grouped = false;
              set.data = set.data.map(function (pair) { return pair[0] === null || pair[1] === null ? null : pair; });
            }
            if (spec.marked !== undefined) {
              set.pointRadius = series.values.map(function (_, i) { return i === spec.marked ? 7 : 3; });
              set.pointBackgroundColor = series.values.map(function (_, i) { return css(i === spec.marked ? "--orange" : "--blue"); });
              set.pointBorderColor = set.pointBackgroundColor;
            }
            return set;
          }
          function draw(script) {
            var spec = JSON.parse(script.textContent);
            var canvas = document.getElementById(script.getAttribute("data-canvas"));
            var sideways = spec.kind !== "line";
            var ink = css("--ink"), soft = css("--soft"), line = css("--line");
            var values = {
              beginAtZero: spec.zero,
              grid: { color: line, drawBorder: false },
              ticks: { color: soft, maxTicksLimit: 7, callback: function (v, _, all) {
                var scale = all.reduce(function (most, mark) { return Math.max(most, Math.abs(mark.value)); }, 0);
                return show(v, spec, true, scale);
              } },
              title: { display: !!(spec.unit && spec.format === "number"), text: spec.unit, color: soft, font: { weight: "normal" } }
            };
            var labels = {
              offset: spec.kind !== "line",
              grid: { display: false, borderColor: line },
              ticks: { color: sideways ? ink : soft, maxRotation: 0, autoSkip: !sideways && !spec.axis, autoSkipPadding: 14 },
              title: { display: !!spec.axisTitle, text: spec.axisTitle, color: soft }
            };
            if (spec.axis) {
              var marks = [];
              spec.axis.forEach(function (text, i) { if (text !== null) marks.push(i); });
              labels.ticks.callback = function (_, i) {
                // Narrow screens show every second or third mark.
                var every = Math.ceil(marks.length * 82 / Math.max(1, this.chart.width));
                var at = marks.indexOf(i);
                return at >= 0 && at % every === 0 ? spec.axis[i] : undefined;
              };
            }
            var many = spec.series.length > 1 && spec.kind !== "ladder";
            drawn.push(new Chart(canvas, {
              type: spec.kind === "line" || spec.kind === "dot" ? "line" : "bar",
              data: { labels: spec.labels, datasets: spec.series.map(function (s) { return dataset(s, spec); }) },
              options: {
                animation: false, responsive: true, maintainAspectRatio: false, indexAxis: sideways ? "y" : "x",
                interaction: { mode: "index", intersect: false, axis: sideways ? "y" : "x" },
                scales: sideways ? { x: values, y: labels } : { x: labels, y: values },
                plugins: {
                  legend: {
                    display: many, position: "top", align: "start",
                    labels: {
                      color: ink, usePointStyle: true, boxWidth: 9, boxHeight: 7, padding: 12,
                      filter: function (item, data) { return data.datasets[item.datasetIndex].role !== "low"; },
                      generateLabels: function (chart) {
                        return Chart.defaults.plugins.legend.labels.generateLabels(chart).sort(function (a, b) {
                          return a.datasetIndex - b.datasetIndex;
                        }).map(function (item) {
                          var role = chart.data.datasets[item.datasetIndex].role;
                          if (role === "high") { item.pointStyle = "rect"; item.fillStyle = css("--band"); item.strokeStyle = css("--blue"); item.lineWidth = 0.5; }
                          else if (role === "forecast" || role === "capacity" || (spec.kind === "line" && !/simulated|actual/.test(role))) {
                            item.pointStyle = "line"; item.lineWidth = 2;
                          }
                          return item;
                        });
                      }
                    }
                  },
                  tooltip: {
                    callbacks: {
                      label: function (item) {
                        var raw = item.raw;
                        if (Array.isArray(raw)) return show(item.dataset.role === "third" ? raw[1] : raw[1] - raw[0], spec, false);
                        return item.dataset.label + ": " + show(raw, spec, false);
                      }
                    }
                  }
                }
              }
            }));
          }
          function drawAll() {
            while (drawn.length) drawn.pop().destroy();
            Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
            Chart.defaults.font.size = 12;
            document.querySelectorAll("script.chart").forEach(draw);
          }
          drawAll();
          var dark = window.matchMedia("(prefers-color-scheme: dark)");
          if (dark.addEventListener) dark.addEventListener("change", drawAll);
          window.addEventListener("beforeprint", function () { document.documentElement.classList.add("paper"); drawAll(); });
          window.addEventListener("afterprint", function () { document.documentElement.classList.remove("paper"); drawAll(); });
        })();
        """#
}
