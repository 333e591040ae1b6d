/// The page's style sheet: two accents that colour-blind readers tell apart (blue and vermilion of Okabe and Ito,
/// 2008), greys for the rest; light and dark; paper.
enum PageStyle {
    static let text = """
        :root{--bg:#fff;--ink:#1a2027;--soft:#5a6572;--line:#dde2e8;--faint:#eef1f5;--panel:#f6f8fa;--blue:#0b64a8;\
        --orange:#c45500;--grey:#7d8894;--band:rgba(11,100,168,.16);--bar-fill:rgba(11,100,168,.15);--disc:rgba(11,100,168,.2)}
        @media (prefers-color-scheme:dark){:root:not(.paper){--bg:#12161b;--ink:#e5e9ee;--soft:#9ba6b2;--line:#2d353e;\
        --faint:#1d232a;--panel:#191f25;--blue:#5fb0ee;--orange:#f5994f;--grey:#8a95a1;--band:rgba(95,176,238,.22);\
        --bar-fill:rgba(95,176,238,.24);--disc:rgba(95,176,238,.25)}}
        *{box-sizing:border-box}
        html{background:var(--bg);color:var(--ink);-webkit-text-size-adjust:100%;scroll-behavior:smooth}
        body{margin:0 auto;max-width:1180px;padding:0 28px 48px;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Helvetica Neue","Noto Sans",Arial,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;\
        font-variant-numeric:tabular-nums lining-nums}
        header.page{padding:34px 0 0}
        .brand{margin:0;color:var(--blue);font-weight:600;letter-spacing:.02em}
        h1{margin:2px 0 4px;font-size:30px;line-height:1.2;font-weight:680;overflow-wrap:anywhere}
        .subtitle{margin:0;color:var(--soft);overflow-wrap:anywhere}
        nav{margin:16px 0 0}
        nav ul{list-style:none;margin:0;padding:0 0 8px;display:flex;flex-wrap:wrap;gap:0 20px;border-bottom:1px solid var(--line)}
        nav a{display:inline-block;padding:2px 0;color:var(--soft);text-decoration:none;font-size:13.5px}
        nav a:hover,nav a:focus{color:var(--blue);text-decoration:underline}
        section{padding:30px 0 6px;break-inside:auto}
        h2{margin:0 0 2px;font-size:21px;line-height:1.3;font-weight:650}
        .lead{margin:0 0 14px;color:var(--soft);max-width:920px;overflow-wrap:anywhere}
        .blocks{display:flex;flex-wrap:wrap;gap:4px 52px;align-items:flex-start}
        .blocks>*{flex:1 1 100%;min-width:0;max-width:100%}
        .blocks>.tablebox{flex:0 1 auto}
        .blocks>.beside{flex:1 1 500px}
        .panel.wide{grid-column:1/-1}
        .nw{white-space:nowrap}
        .note{color:var(--soft);font-size:13.5px;max-width:920px;margin:10px 0;overflow-wrap:anywhere}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px;margin:0}
        .card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px}
        .card dt{color:var(--soft);font-size:13.5px}
        .card dd{margin:3px 0 0;font-size:23px;font-weight:640;line-height:1.25;white-space:nowrap}
        .card .cu{font-size:14px;font-weight:500}
        .card .pm{display:block;font-size:13px;font-weight:400;color:var(--soft)}
        .panels{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(330px,100%),1fr));gap:18px 26px}
        figure{margin:0}
        figcaption{font-weight:600;font-size:14px;margin:4px 0 6px}
        .canvas{position:relative;width:100%}
        .panel{min-width:0}
        details{margin:10px 0 4px}
        summary{cursor:pointer;color:var(--blue);font-size:14px;width:fit-content}
        .scroll{overflow-x:auto;margin:6px 0;max-width:100%}
        .scroll:focus-visible,summary:focus-visible,nav a:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
        details .scroll{max-height:520px;overflow-y:auto}
        table{border-collapse:collapse;font-size:14px;min-width:min(100%,420px)}
        caption{text-align:left;font-weight:600;font-size:14px;padding:4px 0 6px}
        details caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        th,td{padding:5px 12px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        th+th,th+td,td+td{padding-left:12px}
        thead th{color:var(--soft);font-weight:600;font-size:13px;vertical-align:bottom;border-bottom:1.5px solid var(--grey);\
        background:var(--bg);line-height:1.3}
        details thead th{position:sticky;top:0}
        tbody th{font-weight:500;min-width:124px}
        thead th.n{white-space:normal;max-width:200px}
        .n{text-align:right;white-space:nowrap}
        .unit{display:block;font-weight:400;font-size:12px}
        .small{color:var(--soft);font-size:13px;font-weight:400}
        .prose{min-width:300px;max-width:460px}
        td.bar{background:linear-gradient(to right,var(--bar-fill) var(--bar),transparent var(--bar)) no-repeat 6px 3px/calc(100% - 6px) calc(100% - 6px);\
        min-width:96px;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        tr.total>*{font-weight:650;border-top:1px solid var(--grey)}
        td.up,td.down{font-weight:650}
        td.up{color:var(--blue)}
        td.down{color:var(--orange)}
        td.bad,th.bad{color:var(--orange);font-weight:650}
        .more{color:var(--soft);font-size:13px;margin:2px 0 8px}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;\
        font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono CJK SC",monospace;white-space:pre-wrap;overflow-wrap:anywhere}
        .picture{display:flex;flex-wrap:wrap;gap:14px 28px;align-items:flex-start}
        svg.map{width:min(760px,100%);height:auto;max-height:88vh;flex:1 1 420px;border:1px solid var(--line);border-radius:8px;background:var(--panel)}
        .graticule line{stroke:var(--line);stroke-width:1}
        .graticule text{fill:var(--grey);font-size:10.5px}
        .served line{stroke:var(--grey);stroke-width:1;stroke-dasharray:3 3}
        .region{fill:var(--disc);stroke:var(--blue);stroke-width:.8}
        .site{stroke:var(--bg);stroke-width:1.5}
        .site.open{fill:var(--orange)}
        .site.closed{fill:var(--panel);stroke:var(--soft)}
        .names text{fill:var(--ink);paint-order:stroke;stroke:var(--panel);stroke-width:3.5px;stroke-linejoin:round}
        .names text.open{font-weight:650}
        .names text.closed,.names text.place{fill:var(--soft)}
        .scale path{fill:none;stroke:var(--ink)}
        .scale text{fill:var(--ink);font-size:11px}
        .legend{list-style:none;margin:0;padding:0;font-size:13.5px;color:var(--soft);flex:0 1 220px}
        .legend li{display:flex;align-items:center;gap:9px;padding:3px 0}
        .legend svg{width:22px;height:22px;flex:none}
        footer.page{margin-top:34px;border-top:1px solid var(--line);color:var(--soft);font-size:13px;overflow-wrap:anywhere}
        @media (max-width:640px){body{padding:0 16px 32px}h1{font-size:25px}.cards{grid-template-columns:1fr 1fr}.card dd{font-size:19px}}
        @media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11.5px}nav{display:none}\
        section{padding:14px 0 0}h2{break-after:avoid}.lead{break-after:avoid}figure,.card,tr{break-inside:avoid}thead{display:table-header-group}\
        details .scroll{max-height:none}.scroll{overflow:visible}svg.map{max-height:190mm}@page{size:A4;margin:14mm}}

        """
}
