extension PageText {
    static let runs = """
        <p class="lead">[[planner.runs.lead]]</p>
        <p class="actions"><a class="button" href="/new">[[planner.new]]</a></p>
        {{#none}}<p>[[planner.runs.none]]</p>{{/none}}
        {{#some}}<form action="/compare" method="get"><input type="hidden" name="first" value="oldest">
        <div class="scroll"><table>
        <caption>[[planner.runs.caption]]</caption>
        <thead><tr><th scope="col">[[planner.runs.choose]]</th><th scope="col" class="n">[[planner.runs.number]]</th>
        <th scope="col">[[planner.runs.name]]</th><th scope="col">[[planner.runs.status]]</th>
        <th scope="col">[[planner.runs.started]]</th>\
        {{#columns}}<th scope="col" class="n">{{heading}}</th>{{/columns}}<th scope="col"></th></tr></thead>
        <tbody>
        {{#runs}}<tr>
        <td>{{#is_done}}<input type="checkbox" name="run" value="{{id}}" aria-label="{{choose}}">{{/is_done}}</td>
        <td class="n">{{id}}</td>
        <th scope="row"><a href="/runs/{{id}}">{{name}}</a></th>
        <td><span class="status {{status}}">{{status_text}}</span>{{#share}} <span class="small">{{share}}</span>{{/share}}</td>
        <td class="small d">{{started}}</td>
        {{#figures}}<td class="n">{{mean}}<br><span class="small">{{interval}}</span></td>{{/figures}}
        <td>{{#is_done}}<a href="/runs/{{id}}/report">[[planner.report]]</a>{{/is_done}}</td>
        </tr>
        {{/runs}}</tbody></table></div>
        <p class="actions"><button class="quiet">[[planner.compare]]</button>
        <span class="small">[[planner.compare.help]]</span></p>
        </form>{{/some}}

        """

    static let run = """
        <p class="lead"><span class="status {{status}}">{{status_text}}</span> {{started}}</p>
        {{#is_running}}<div class="box" data-follow="/api/v1/runs/{{id}}?lang={{lang}}">
        <p role="status"><span data-stage>{{stage}}</span> <span data-share class="small">{{share}}</span></p>
        <progress max="1" value="{{progress}}" aria-label="[[planner.progress]]"></progress>
        {{#can_cancel}}<form class="actions" action="/runs/{{id}}/cancel" method="post">
        <button class="quiet">[[planner.cancel]]</button></form>{{/can_cancel}}
        </div>{{/is_running}}
        {{#has_message}}<div class="box bad" role="alert"><p>{{message}}</p></div>
        <p class="actions"><a class="button quiet" href="/new">[[planner.try_again]]</a></p>{{/has_message}}
        {{#is_done}}<p class="actions">
        <a class="button" href="/runs/{{id}}/report">[[planner.report]]</a>
        <a class="button quiet" href="/runs/{{id}}/suggestions">[[planner.suggestions]]</a>
        <a class="button quiet" href="/runs/{{id}}/export">[[planner.export]]</a></p>
        <h2>[[planner.figures]]</h2>
        <p class="note">{{interval_note}}</p>
        <dl class="cards">{{#figures}}<div class="card"><dt>{{name}}</dt><dd>{{mean}} \
        <span class="pm">{{interval}}</span></dd></div>
        {{/figures}}</dl>
        <h2>[[planner.tables]]</h2>
        <div class="scroll"><table><caption>[[planner.tables.caption]]</caption>
        <thead><tr><th scope="col">[[planner.tables.name]]</th><th scope="col">[[planner.tables.file]]</th></tr></thead>
        <tbody>{{#tables}}<tr><th scope="row"><a href="/runs/{{id}}/tables/{{name}}">{{heading}}</a></th>
        <td><a href="/runs/{{id}}/tables/{{name}}/csv">{{name}}.csv</a></td></tr>
        {{/tables}}</tbody></table></div>{{/is_done}}
        <h2>[[planner.repeat]]</h2>
        <p class="note">[[planner.repeat.lead]]</p>
        <dl class="facts">{{#facts}}<dt>{{name}}</dt><dd>{{value}}</dd>
        {{/facts}}</dl>
        <details><summary>[[planner.scenario_text]]</summary><pre>{{scenario}}</pre></details>

        """

    static let comparison = """
        <p class="lead">[[planner.compare.lead]]</p>
        <div class="scroll" tabindex="0" role="region" aria-label="[[planner.compare]]"><table class="wide">
        <thead><tr><th scope="col">[[planner.compare.figure]]</th>\
        {{#runs}}<th scope="col" class="n"><a href="/runs/{{id}}">{{id}}. {{name}}</a><br>\
        {{#is_base}}<span class="small">[[planner.compare.base]]</span>{{/is_base}}\
        {{^is_base}}<a class="small" href="{{address}}">[[planner.compare.make_base]]</a>{{/is_base}}</th>{{/runs}}\
        {{#others}}<th scope="col" class="n">{{heading}}</th>{{/others}}</tr></thead>
        <tbody>{{#rows}}<tr><th scope="row">{{name}}</th>\
        {{#values}}<td class="n">{{mean}}<br><span class="small">{{interval}}</span></td>{{/values}}\
        {{#differences}}<td class="n{{#clear}} strong{{/clear}}">{{mean}}<br><span class="small">{{interval}}</span></td>\
        {{/differences}}</tr>
        {{/rows}}</tbody></table></div>
        <p class="note">[[planner.compare.note]]</p>

        """
}
