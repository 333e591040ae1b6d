extension PageText {
    static let scenario = """
        <p class="lead">[[planner.new.lead]]</p>
        <form class="filters" action="/new" method="get">
        <label>[[planner.new.scenario]] <select name="scenario">
        {{#scenarios}}<option value="{{id}}"{{#chosen}} selected{{/chosen}}>{{id}}</option>
        {{/scenarios}}</select></label>
        <button class="quiet">[[planner.new.load]]</button></form>
        {{#has_problems}}<div class="box bad" role="alert" tabindex="-1"><p class="strong">[[planner.new.problems]]</p>
        <ul>{{#problems}}<li>{{#target}}<a href="#{{target}}">{{text}}</a>{{/target}}\
        {{^target}}{{text}}{{/target}}</li>{{/problems}}</ul></div>{{/has_problems}}
        {{#loaded}}<h2>{{scenario_name}}</h2>
        <p class="note">{{about}}</p>
        <form action="/runs" method="post">
        <input type="hidden" name="scenario" value="{{scenario_id}}">
        {{#groups}}<fieldset><legend>{{heading}}</legend><div class="levers">
        {{#levers}}<div class="lever"><label for="{{field}}">{{label}}</label>
        {{#is_choice}}<select id="{{field}}" name="{{path}}" aria-describedby="{{field}}-help"\
        {{#wrong}} aria-invalid="true"{{/wrong}}>
        {{#options}}<option value="{{code}}"{{#chosen}} selected{{/chosen}}>{{name}}</option>
        {{/options}}</select>{{/is_choice}}\
        {{^is_choice}}<input id="{{field}}" name="{{path}}" value="{{value}}" maxlength="100" autocomplete="off"\
         aria-describedby="{{field}}-help"{{#wrong}} aria-invalid="true"{{/wrong}}>{{/is_choice}}
        {{#wrong}}<span class="wrong" id="{{field}}-wrong">{{wrong}}</span>{{/wrong}}
        <span class="help" id="{{field}}-help">{{help}}{{#kind}} ({{kind}}){{/kind}}</span></div>
        {{/levers}}</div></fieldset>
        {{/groups}}
        <p class="actions"><button>[[planner.new.start]]</button></p>
        </form>{{/loaded}}

        """
}
