using MallVip.Rules.Events;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Programmes that several tests speak of.</summary>
internal static class Examples
{
    public static decimal Paid(EvalContext context) => ((PurchaseData)context.Event.Data).Paid.Amount;

    /// <summary>One mall, one wallet, nothing else.</summary>
    public static FakeProgramme Plain(Func<Wallet, Wallet>? policies = null) => new FakeProgramme()
        .Mall("plaza", FakeProgramme.Shanghai, "beauty-hall", "food-court")
        .Wallet("points", policies);

    /// <summary>One point for each yuan.</summary>
    public static FakeProgramme PointPerYuan(
        Func<Wallet, Wallet>? policies = null, Func<Rule, Rule>? with = null) =>
        Plain(policies).Earn("base", context => Paid(context), with);

    /// <summary>The example of the rules' description: base rate, weekend bonus, multiplier.</summary>
    public static FakeProgramme GoldBeauty(Func<Wallet, Wallet>? policies = null) => Plain(policies)
        .Earn("base", context => Paid(context) / 10)
        .Earn(
            "beauty-weekend",
            context => context.Store?.Category == "beauty" && Paid(context) >= 500 ? 100 : null,
            rule => rule with { OnReturn = OnReturn.ReEvaluate, Limit = new(LimitWindow.Day, 1, null) })
        .Multiply("gold-multiplier", _ => 1.5m);
}
