/// All templates by name. `[[key]]` stands for words of the catalogue, `{{ }}` is Mustache.
enum PageText {
    static let all: [String: String] = [
        "frame": frame, "error": error, "runs": runs, "run": run, "table": table, "suggestions": suggestions,
        "suggestion": suggestion, "books": books, "import": imported, "comparison": comparison, "scenario": scenario,
        "changes": changes,
    ]

    private static let frame = """
        <!doctype html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}} - [[app.name]]</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/assets/planner.css">
        <script src="/assets/planner.js" defer></script>
        {{#refreshes}}<noscript><meta http-equiv="refresh" content="4"></noscript>{{/refreshes}}
        </head>
        <body>
        <a class="skip" href="#content">[[planner.skip]]</a>
        <header>
        <a class="brand" href="/">[[app.name]]</a>
        <nav aria-label="[[planner.navigation]]">
        <a href="/"{{#on_runs}} aria-current="page"{{/on_runs}}>[[planner.runs]]</a>
        <a href="/orders"{{#on_orders}} aria-current="page"{{/on_orders}}>[[planner.orders]]</a>
        <a href="/changes"{{#on_changes}} aria-current="page"{{/on_changes}}>[[planner.changes]]</a>
        <a href="/new"{{#on_new}} aria-current="page"{{/on_new}}>[[planner.new]]</a>
        </nav>
        <a href="{{other_address}}" lang="{{other_code}}" hreflang="{{other_code}}">{{other_name}}</a>
        </header>
        <main id="content">
        <h1>{{title}}</h1>
        {{{body}}}
        </main>
        <footer>[[planner.footer]] <a href="/api/v1/openapi.json">API</a></footer>
        </body>
        </html>

        """

    private static let error = """
        <div class="box bad" role="alert"><p>{{message}}</p><p class="small">{{code}}</p></div>
        <p><a href="/">[[planner.back_to_runs]]</a></p>

        """

    private static let table = """
        <p class="lead"><a href="{{run_address}}">{{run_name}}</a></p>
        <p class="actions"><a class="button quiet" href="{{csv_address}}">[[planner.download_csv]]</a></p>
        {{#shortened}}<p class="note">{{shortened}}</p>{{/shortened}}
        <div class="scroll" tabindex="0" role="region" aria-label="{{name}}"><table>
        <thead><tr>{{#columns}}<th scope="col"{{#number}} class="n"{{/number}}>{{heading}}<br>\
        <span class="small">{{unit}}</span></th>{{/columns}}</tr></thead>
        <tbody>
        {{#rows}}<tr>{{#cells}}<td{{#number}} class="n"{{/number}}{{#day}} class="d"{{/day}}>{{text}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>

        """
}
