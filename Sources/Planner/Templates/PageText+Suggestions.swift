extension PageText {
    static let books = """
        <p class="lead">[[planner.orders.lead]]</p>
        {{#none}}<div class="box"><p>[[planner.orders.none]]</p></div>{{/none}}
        {{^none}}<div class="scroll" tabindex="0" role="region" aria-label="[[planner.orders]]"><table>
        <thead><tr><th scope="col">[[planner.orders.book]]</th><th scope="col">[[planner.orders.day]]</th>
        <th scope="col">[[planner.orders.dataset]]</th><th scope="col" class="n">[[planner.orders.lines]]</th>
        <th scope="col" class="n">[[planner.suggestions.value]]</th><th scope="col">[[planner.orders.source]]</th>
        <th scope="col">[[planner.orders.made]]</th></tr></thead>
        <tbody>{{#books}}<tr><th scope="row"><a href="/orders/{{id}}">{{id}}</a></th><td class="d">{{today}}</td>
        <td>{{dataset}}</td><td class="n">{{lines}}</td><td class="n">{{value}}</td><td class="small">{{source}}</td>
        <td class="d small">{{made}}</td></tr>
        {{/books}}</tbody></table></div>{{/none}}

        """

    static let suggestions = """
        <p class="lead"><a href="{{home}}">{{home_name}}</a></p>
        {{#tables}}<a class="button quiet" href="{{base}}/tables/{{name}}">{{words}}</a> {{/tables}}
        <form class="filters" action="{{base}}" method="get">
        <label>[[term.supplier]] <select name="supplier"><option value="">[[planner.all]]</option>
        {{#suppliers}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{code}} {{name}}</option>
        {{/suppliers}}</select></label>
        <label>[[planner.suggestions.text]] <input type="search" name="text" value="{{text}}"></label>
        <label>[[planner.suggestions.urgency]] <select name="urgency"><option value="">[[planner.all]]</option>
        {{#urgencies}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/urgencies}}</select></label>
        <label>[[planner.orders.state]] <select name="state"><option value="">[[planner.all]]</option>
        {{#states}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/states}}</select></label>
        <label>[[planner.suggestions.sort]] <select name="sort">
        {{#sorts}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/sorts}}</select></label>
        <button class="quiet">[[planner.suggestions.show]]</button>
        </form>
        <p role="status">{{summary}}</p>
        <p class="actions"><a class="button" href="{{base}}/xlsx">[[planner.download_xlsx]]</a>
        <a class="button quiet" href="{{base}}/csv">[[planner.download_csv]]</a></p>
        <div class="scroll" tabindex="0" role="region" aria-label="[[planner.suggestions]]"><table>
        <thead><tr><th scope="col">[[term.sku]]</th><th scope="col">[[term.supplier]]</th>
        <th scope="col">[[term.node]]</th><th scope="col" class="n">[[planner.suggestions.quantity]]</th>
        <th scope="col" class="n">[[planner.suggestions.value]]</th><th scope="col">[[planner.suggestions.order_by]]</th>
        <th scope="col">[[planner.suggestions.stockout]]</th><th scope="col">[[planner.suggestions.urgency]]</th>
        <th scope="col">[[planner.orders.state]]</th></tr></thead>
        <tbody>{{#lines}}<tr class="told"><th scope="row"><a href="{{base}}/{{number}}">{{sku}}</a><br>\
        <span class="small">{{sku_name}}</span></th><td>{{supplier}}</td><td>{{node}}</td>
        <td class="n">{{quantity}}{{#drift}}<br><span class="small">{{drift}}</span>{{/drift}}</td>
        <td class="n">{{value}}</td><td class="d">{{order_by}}</td><td class="d">{{stockout}}</td>
        <td><span class="status {{urgency}}">{{urgency_text}}</span></td>
        <td><span class="status {{state}}">{{state_text}}</span>{{#marks}}<br><span class="small">{{marks}}</span>{{/marks}}</td></tr>
        <tr><td class="small why" colspan="9">{{reason}}</td></tr>
        {{/lines}}</tbody></table></div>
        {{#more}}<p class="actions"><a class="button quiet" href="{{more}}">[[planner.suggestions.more]]</a></p>{{/more}}
        {{#imports}}<h2>[[planner.orders.import]]</h2>
        <p class="note">[[planner.orders.import.lead]]</p>
        <form class="filters" action="{{base}}/import" method="post" enctype="multipart/form-data">
        <label>[[planner.orders.file]] <input type="file" name="file" accept=".xlsx,.csv" required></label>
        <label>[[planner.orders.by]] <input name="by" maxlength="100"></label>
        <button>[[planner.orders.import.do]]</button></form>{{/imports}}

        """

    static let suggestion = """
        <p class="lead"><a href="{{base}}">[[planner.suggestions]]</a> -
        <a href="{{home}}">{{home_name}}</a></p>
        <div class="box"><p class="strong">{{reason}}</p></div>
        {{#problem}}<div class="box bad" role="alert"><p>{{problem}}</p></div>{{/problem}}
        <h2>[[planner.decision]]</h2>
        <p><span class="status {{state}}">{{state_text}}</span>
        {{#until}}<span class="small">[[planner.orders.until]] {{until}}</span>{{/until}}
        {{#drift}}<span class="small">[[planner.orders.drift]] {{drift}}</span>{{/drift}}
        {{#marks}}<span class="status late">{{marks}}</span>{{/marks}}</p>
        {{#can_decide}}<form class="filters" action="{{base}}/{{number}}" method="post">
        <label>[[planner.suggestions.quantity]] <input name="quantity" inputmode="numeric" value="{{quantity}}" size="8"></label>
        <label>[[planner.orders.by]] <input name="by" required maxlength="100" size="12"></label>
        <label>[[planner.orders.reason]] <input name="reason" maxlength="500" size="28"></label>
        <label>[[planner.orders.until]] <input name="until" type="date"></label>
        <label>[[planner.orders.order]] <input name="order" maxlength="100" size="12"></label>
        {{#actions}}<button name="state" value="{{state}}" class="quiet">{{words}}</button>
        {{/actions}}</form>{{/can_decide}}
        {{#has_history}}<table><caption>[[planner.orders.history]]</caption><thead><tr><th scope="col">[[planner.orders.made]]</th>
        <th scope="col">[[planner.orders.by]]</th><th scope="col">[[planner.orders.state]]</th>
        <th scope="col" class="n">[[planner.suggestions.quantity]]</th><th scope="col">[[planner.orders.until]]</th>
        <th scope="col">[[planner.orders.order]]</th><th scope="col">[[planner.orders.reason]]</th></tr></thead>
        <tbody>{{#history}}<tr><td class="d">{{at}}</td><td>{{by}}</td><td>{{state}}</td><td class="n">{{quantity}}</td>
        <td class="d">{{until}}</td><td>{{order}}</td><td>{{reason}}</td></tr>
        {{/history}}</tbody></table>{{/has_history}}
        <h2>[[planner.orders.steps]]</h2>
        <ol>{{#steps}}<li>{{.}}</li>
        {{/steps}}</ol>
        {{#parts}}<h2>{{heading}}</h2>
        <table><tbody>{{#rows}}<tr><th scope="row">{{name}}</th><td class="n">{{value}}</td>\
        <td class="small">{{note}}</td></tr>
        {{/rows}}</tbody></table>
        {{/parts}}

        """

    static let imported = """
        <p class="lead"><a href="{{home}}">{{home_name}}</a></p>
        {{#problem}}<div class="box bad" role="alert"><p>{{problem}}</p></div>{{/problem}}
        {{^problem}}<p role="status">{{summary}}</p>{{/problem}}
        {{#recorded}}<div class="box"><p class="strong">{{recorded}}</p></div>{{/recorded}}
        {{#any}}<div class="scroll" tabindex="0" role="region" aria-label="[[planner.orders.import]]"><table>
        <thead><tr>{{#columns}}<th scope="col">{{heading}}</th>{{/columns}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#cells}}<td>{{text}}</td>{{/cells}}</tr>
        {{/rows}}</tbody></table></div>{{/any}}

        """
}
