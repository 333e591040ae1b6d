extension PageText {
    static let changes = """
        <p class="lead">[[planner.changes.lead]]</p>
        <form class="filters" action="/changes" method="get">
        <label>[[planner.new.scenario]] <select name="scenario">
        {{#scenarios}}<option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{id}}</option>
        {{/scenarios}}</select></label>
        <button class="quiet">[[planner.changes.show]]</button></form>
        {{#has_problems}}<div class="box bad" role="alert" tabindex="-1"><p class="strong">[[planner.changes.problems]]</p>
        <ul>{{#problems}}<li>{{text}}</li>{{/problems}}</ul></div>{{/has_problems}}
        {{#loaded}}<h2>{{dataset}}</h2>
        {{#none}}<div class="box"><p>[[planner.changes.none]]</p></div>{{/none}}
        {{^none}}<div class="scroll" tabindex="0" role="region" aria-label="[[planner.changes]]"><table>
        <thead><tr><th scope="col">[[planner.changes.scope]]</th><th scope="col">[[planner.changes.days]]</th>
        <th scope="col">[[planner.changes.what]]</th><th scope="col">[[planner.orders.by]]</th>
        <th scope="col">[[planner.changes.reason]]</th><th scope="col">[[planner.changes.withdraw]]</th></tr></thead>
        <tbody>{{#changes}}<tr><th scope="row">{{scope}}<br><span class="small">{{channel}} {{region}}</span></th>
        <td class="d">{{from}} – {{through}}</td><td>{{what}}</td><td>{{author}}</td><td class="small">{{reason}}</td>
        <td>{{#withdrawn}}{{withdrawn}}{{/withdrawn}}{{^withdrawn}}<form class="filters" \
        action="/changes/{{id}}/withdraw" method="post"><input type="hidden" name="scenario" value="{{scenario}}">
        <label>[[planner.orders.by]] <input name="by" maxlength="100" required></label>
        <button class="quiet">[[planner.changes.withdraw]]</button></form>{{/withdrawn}}</td></tr>
        {{/changes}}</tbody></table></div>{{/none}}
        <h2>[[planner.changes.add]]</h2>
        <form class="filters" action="/changes" method="post">
        <input type="hidden" name="scenario" value="{{scenario}}">
        <label>[[planner.changes.skus]] <input name="skus" value="{{skus}}" maxlength="2000"></label>
        <label>[[planner.changes.category]] <input name="category" value="{{category}}" maxlength="300"></label>
        <label>[[term.channel]] <select name="channel"><option value="">[[planner.all]]</option>
        {{#channels}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/channels}}</select></label>
        <label>[[planner.changes.from]] <input type="date" name="from" value="{{from}}" required></label>
        <label>[[planner.changes.through]] <input type="date" name="through" value="{{through}}" required></label>
        <label>[[planner.changes.what]] <select name="kind">
        {{#kinds}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/kinds}}</select></label>
        <label>[[planner.changes.value]] <input name="value" value="{{value}}" inputmode="decimal" required></label>
        <label>[[planner.orders.by]] <input name="by" value="{{by}}" maxlength="100" required></label>
        <label>[[planner.changes.reason]] <input name="reason" value="{{reason}}" maxlength="2000"></label>
        <button>[[planner.changes.keep]]</button></form>{{/loaded}}

        """
}
