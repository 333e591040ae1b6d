extension PageText {
    static let suggestions = """
        <p class="lead"><a href="/runs/{{id}}">{{run_name}}</a></p>
        <form class="filters" action="/runs/{{id}}/suggestions" method="get">
        <label>[[term.supplier]] <select name="supplier"><option value="">[[planner.all]]</option>
        {{#suppliers}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{code}} {{name}}</option>
        {{/suppliers}}</select></label>
        <label>[[planner.suggestions.text]] <input type="search" name="text" value="{{text}}"></label>
        <label>[[planner.suggestions.urgency]] <select name="urgency"><option value="">[[planner.all]]</option>
        {{#urgencies}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/urgencies}}</select></label>
        <label>[[planner.suggestions.sort]] <select name="sort">
        {{#sorts}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/sorts}}</select></label>
        <button class="quiet">[[planner.suggestions.show]]</button>
        </form>
        <p role="status">{{summary}}</p>
        <p class="actions"><a class="button" href="/runs/{{id}}/suggestions/xlsx">[[planner.download_xlsx]]</a>
        <a class="button quiet" href="/runs/{{id}}/suggestions/csv">[[planner.download_csv]]</a></p>
        <div class="scroll" tabindex="0" role="region" aria-label="[[planner.suggestions]]"><table>
        <thead><tr><th scope="col">[[term.sku]]</th><th scope="col">[[term.supplier]]</th>
        <th scope="col">[[term.node]]</th><th scope="col" class="n">[[planner.suggestions.quantity]]</th>
        <th scope="col" class="n">[[planner.suggestions.value]]</th><th scope="col">[[planner.suggestions.order_by]]</th>
        <th scope="col">[[planner.suggestions.stockout]]</th><th scope="col">[[planner.suggestions.urgency]]</th>
        <th scope="col">[[planner.suggestions.reason]]</th></tr></thead>
        <tbody>{{#lines}}<tr><th scope="row"><a href="/runs/{{run}}/suggestions/{{number}}">{{sku}}</a><br>\
        <span class="small">{{sku_name}}</span></th><td>{{supplier}}</td><td>{{node}}</td>
        <td class="n">{{quantity}}</td><td class="n">{{value}}</td><td class="d">{{order_by}}</td><td class="d">{{stockout}}</td>
        <td><span class="status {{urgency}}">{{urgency_text}}</span></td><td class="small">{{reason}}</td></tr>
        {{/lines}}</tbody></table></div>
        {{#more}}<p class="actions"><a class="button quiet" href="{{more}}">[[planner.suggestions.more]]</a></p>{{/more}}

        """

    static let suggestion = """
        <p class="lead"><a href="/runs/{{id}}/suggestions">[[planner.suggestions]]</a> -
        <a href="/runs/{{id}}">{{run_name}}</a></p>
        <div class="box"><p class="strong">{{reason}}</p></div>
        {{#parts}}<h2>{{heading}}</h2>
        <table><tbody>{{#rows}}<tr><th scope="row">{{name}}</th><td class="n">{{value}}</td>\
        <td class="small">{{note}}</td></tr>
        {{/rows}}</tbody></table>
        {{/parts}}
        <h2>[[planner.decision]]</h2>
        <p><span class="status {{state}}">{{state_text}}</span></p>
        <form class="actions" action="/runs/{{id}}/suggestions/{{number}}" method="post">
        <button name="state" value="accepted">[[planner.state.accept]]</button>
        <button name="state" value="rejected" class="quiet">[[planner.state.reject]]</button>
        <button name="state" value="proposed" class="quiet">[[planner.state.reset]]</button>
        </form>

        """
}
