/// The page and its parts as Mustache text. They are literals and not resource files, so that an installed binary
/// needs no folder beside it.
enum PageTemplate {
    static let page = """
        <!DOCTYPE html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Granary">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'unsafe-inline'; img-src data:">
        <title>{{documentTitle}}</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <header class="page">
        <p class="brand">{{brand}}</p>
        <h1>{{heading}}</h1>
        <p class="subtitle">{{subtitle}}</p>
        <nav aria-label="{{contentsLabel}}"><ul>{{#sections}}<li><a href="#{{anchor}}">{{title}}</a></li>{{/sections}}</ul></nav>
        </header>
        <main>
        {{#sections}}
        {{>section}}
        {{/sections}}
        </main>
        <footer class="page"><p>{{footer}}</p></footer>
        {{#chartLibrary}}
        <script type="application/json" id="chart-formats">{{{chartFormats}}}</script>
        <script>{{{chartLibrary}}}</script>
        <script>{{{chartCode}}}</script>
        {{/chartLibrary}}
        </body>
        </html>

        """

    static let section = """
        <section id="{{anchor}}" aria-labelledby="{{anchor}}-title">
        <h2 id="{{anchor}}-title">{{title}}</h2>
        <p class="lead">{{lead}}</p>
        <div class="blocks">
        {{#blocks}}
        {{>block}}
        {{/blocks}}
        </div>
        </section>
        """

    static let block = """
        {{#.cards}}<dl class="cards">{{#items}}<div class="card"><dt>{{label}}</dt><dd>{{value}}{{#.cardUnit}} <span class="cu">{{.}}</span>{{/.cardUnit}}\
        {{#.plusMinus}} <span class="pm">{{.}}</span>{{/.plusMinus}}</dd></div>{{/items}}</dl>{{/.cards}}
        {{#.chart}}<div class="panels{{#isBeside}} beside{{/isBeside}}">{{#panels}}<figure class="panel{{#isWide}} wide{{/isWide}}"><figcaption>{{panelTitle}}</figcaption>\
        <div class="canvas" style="height:{{size}}px"><canvas id="{{chartID}}" role="img" aria-label="{{description}}">\
        </canvas></div><script type="application/json" class="chart" data-canvas="{{chartID}}">{{{json}}}</script>\
        </figure>{{/panels}}</div>{{#.numbers}}{{>fold}}{{/.numbers}}{{/.chart}}
        {{#.grid}}{{>table}}{{/.grid}}
        {{#.fold}}{{>fold}}{{/.fold}}
        {{#.picture}}<figure class="picture">{{{svg}}}<ul class="legend" aria-hidden="true">{{#legend}}<li>{{{mark}}} {{meaning}}</li>\
        {{/legend}}</ul></figure>{{/.picture}}
        {{#.note}}<p class="note">{{.}}</p>{{/.note}}
        {{#.code}}<details class="code"{{#codeOpen}} open{{/codeOpen}}><summary>{{codeTitle}}</summary><pre>{{codeText}}</pre></details>{{/.code}}
        """

    static let fold = """
        <details class="numbers"{{#isOpen}} open{{/isOpen}}><summary>{{summary}}</summary>{{#content}}{{>table}}{{/content}}</details>
        """

    static let table = """
        <div class="tablebox"><div class="scroll" tabindex="0" role="region" aria-label="{{caption}}"><table><caption>{{caption}}</caption>\
        <thead><tr>{{#heads}}<th scope="col" class="{{css}}">{{text}}{{#.headUnit}}<span class="unit">{{.}}</span>{{/.headUnit}}</th>\
        {{/heads}}</tr></thead><tbody>{{#rows}}<tr class="{{css}}">{{#cells}}{{#isHead}}<th scope="row" class="{{css}}">{{text}}\
        {{#.small}} <span class="small">{{.}}</span>{{/.small}}</th>{{/isHead}}{{^isHead}}<td class="{{css}}\
        {{#.bar}} bar{{/.bar}}"{{#.bar}} style="--bar:{{.}}%"{{/.bar}}>{{text}}{{#.small}} <span class="small">{{.}}</span>\
        {{/.small}}</td>{{/isHead}}{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{#.more}}<p class="more">{{.}}</p>{{/.more}}</div>
        """
}
