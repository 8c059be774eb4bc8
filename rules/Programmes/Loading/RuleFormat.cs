using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What a rule file may hold.</summary>
internal static class RuleFormat
{
    private static readonly TextShape Text = new();
    private static readonly ExpressionShape Expression = new();
    private static readonly ChoiceShape Round = new(Words<Rounding>.All);
    private static readonly ChoiceShape Window = new(Words<LimitWindow>.All);

    private static readonly RecordShape Earn = new(
        new("wallet", Forms.Id, "Where the points go. Default: the default wallet."),
        new("amount", Expression, "How many, in CEL; a decimal, rounded afterwards.", Required: true),
        new("round", Round, "How it becomes whole points. Default floor."));

    private static readonly RecordShape Multiply = new(
        new("wallet", Forms.Id, "Whose earned points are multiplied. Default: the default wallet."),
        new("by", Expression, "The factor, in CEL; the part above 1 becomes a line of its own.",
            Required: true),
        new("round", Round, "How it becomes whole points. Default floor."));

    private static readonly RecordShape Tag = new(
        new("name", Forms.Id, "The tag.", Required: true),
        new("until", Expression,
            "A condition over the member, in CEL: the first later event for which it holds ends the tag."),
        new("for", Forms.Days, "How long it holds, in days from the event (`30d`). Default: for ever."));

    private static readonly RecordShape Set = new(
        new("attribute", Forms.FieldName, "One of `attributes` that is not personal.", Required: true),
        new("to", Expression, "The value, in CEL, of the attribute's type.", Required: true));

    private static readonly RecordShape Tier = new(
        new("to", Forms.Id, "The tier.", Required: true),
        new("for", Forms.Span, "How long, `12mo` or `30d`. Default: as long as the tier is valid."));

    private static readonly EitherShape Effect = new(Forms.Id, map: new RecordShape(
        new("name", Forms.Id, "What `programme.yaml` declares; of an alert any name.", Required: true),
        new("data", new MapShape(Forms.FieldName, Expression, 50),
            "What goes along, each in CEL: text, number, flag or moment.")));

    private static readonly RecordShape Active = new(
        new("from", Forms.Day, "First day, `YYYY-MM-DD`, mall-local, included."),
        new("to", Forms.Day, "Last day, included."),
        ActiveFormat.Days, ActiveFormat.Hours, ActiveFormat.Calendar, ActiveFormat.Except);

    private static readonly RecordShape Limit = new(
        new("per", new ChoiceShape("member"), "Whose limit it is. Default member."),
        new("every", Window, "The window, in mall-local days.", Required: true),
        new("times", new IntegerShape(1, 1_000_000), "How often at most."),
        new("amount", new IntegerShape(1, Quantities.Points.Limit), "How many points at most."));

    private static readonly RecordShape Budget = new(
        new("wallet", Forms.Id, "Where the rule's points go. Default, and nothing else: the rule's own."),
        new("total", new IntegerShape(1, Quantities.Points.Limit),
            "What all members together may get: points, or times of a rule that gives none.",
            Required: true),
        new("every", Window, "The window, in mall-local days. Default ever."),
        new("on-short", new ChoiceShape(Words<OnShort>.All),
            "Where too little is left: skip (default) gives nothing, partial what is left."),
        new("on-return", new ChoiceShape(Words<BudgetReturn>.All),
            "Whether points that a return takes back may be given again. Default give-back."));

    private static readonly RecordShape Funding = new(
        new("mall", Forms.Percent, "The mall's part, `40%`."),
        new("store", Forms.Percent, "The part of the store where it was bought."),
        new("brand", Forms.Percent, "The brand's part."));

    private static readonly RecordShape Label = new(
        new("zh", Text, "Chinese."),
        new("en", Text, "English."));

    private static readonly ChoiceShape Pick = new(Words<Programmes.Pick>.All);

    private static readonly EitherShape Group = new(Pick, map: new RecordShape(
        new("note", new TextShape(2_000), "For whoever edits the file."),
        new("pick", Pick, "Which of its matching earn rules count, wallet by wallet.", Required: true)));

    private static readonly RecordShape Rule = new(
        new("note", new TextShape(2_000), "For whoever edits the file."),
        new("label", Label, "What members see on the receipt. Default: the rule's id."),
        new("on", Forms.RuleEvent, "The event type that the rule waits for.", Required: true),
        new("when", Expression, "The condition, in CEL. Default: always."),
        new("earn", Earn, "Gives points."),
        new("multiply", Multiply, "Multiplies what earn rules give."),
        new("tag", new EitherShape(Forms.Id, map: Tag), "Gives a tag."),
        new("untag", Forms.Id, "Takes a tag away."),
        new("set", Set, "Gives an attribute a value."),
        new("tier", new EitherShape(Forms.Id, map: Tier), "Lifts to a tier or lets it last longer."),
        new("review", new TextShape(200),
            "Puts what the event earns under review until an operator releases it; says why."),
        new("grant-coupon", Effect, "Grants one of `coupons`."),
        new("grant-benefit", Effect, "Grants one of `benefits`."),
        new("end-benefit", Effect, "Takes back one of `benefits`."),
        new("start-journey", Effect, "Starts one of `journeys`."),
        new("send-message", Effect, "Sends one of `messages`."),
        new("survey", Effect, "Sends one of `surveys`."),
        new("alert", Effect, "Tells the staff."),
        new("webhook", Effect, "Calls one of `webhooks`."),
        new("active", Active, "When the rule acts. Default: always."),
        new("priority", new IntegerShape(-1_000_000, 1_000_000),
            "Higher acts first. Default 0; equal ones in file order."),
        new("funding", Funding,
            "Who pays for the points, in percent. Default: the mall. Earn and multiply only."),
        new("group", Forms.Id,
            "One of the file's `groups`; its `pick` decides whether the rule counts. Earn only."),
        new("on-return", new ChoiceShape(Words<OnReturn>.All),
            "What a return takes back (earn only). Default pro-rata."),
        new("limit", Limit, "At most so often or so much. Needs `times` or `amount`."),
        new("budget", Budget, "What it may give to all members together."));

    private static readonly MapShape Numbers =
        new(Forms.Id, new IntegerShape(-Quantities.Points.Limit, Quantities.Points.Limit));

    private static readonly RecordShape Member = new(
        new("enrolled", Text, "When the member joined. Default: a year before the first event."),
        new("mall", Forms.Id, "The mall that the member joined in."),
        new("tier", Forms.Id, "The tier that the member has."),
        new("tags", new ListShape(Forms.Id, 100), "The tags that the member carries."),
        new("coupons", new ListShape(Forms.Id, 100), "The templates of the coupons that the member has."),
        new("balances", Numbers, "Points to begin with, by wallet; they never expire."),
        new("attributes", new DataShape(), "Attributes as declared in `programme.yaml`."));

    private static readonly DataShape Event = new();

    private static readonly RecordShape Case = new(
        new("name", Text, "A sentence.", Required: true),
        new("with", new ChoiceShape("own", "all"), "Rules of this file (default) or of all files."),
        new("member", Member, "The member to begin with. Default: a new one."),
        new("budgets", new MapShape(Forms.RuleId, new IntegerShape(0, Quantities.Points.Limit)),
            "What is left of rules' budgets when the case begins, by rule. Default: all."),
        new("before", new ListShape(Event, 1_000), "Events that happen first."),
        new("event", Event, "The event that is looked at: `type`, `time` and the fields of its data.",
            Required: true),
        new("expect", new DataShape(),
            "Wallets, `lines`, `tier`, `tags`, `untagged`, `effects`, `achievements`, `coupons`, " +
            "`attributes`, `rejected`.",
            Required: true));

    /// <summary>A file with rules and their cases.</summary>
    public static readonly RecordShape File = new(
        new("ruleset", Forms.Id, "The name of the rule set; a rule's full id is `ruleset/rule`.",
            Required: true),
        new("note", new TextShape(2_000), "For whoever edits the file."),
        new("groups", new MapShape(Forms.Id, Group, 1_000),
            "Groups of earn rules, each with its `pick`: all, first or best."),
        new("rules", new MapShape(Forms.Id, Rule),
            "The rules, by id, in the order in which equal priorities act."),
        new("cases", new ListShape(Case),
            "Examples that must come out as written before the file is published."));
}
