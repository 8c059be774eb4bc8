using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Properties;

/// <summary>
/// However a purchase is split into partial returns, and whatever happens in between: reversed + lapsed +
/// shortfall is what the rule's <c>on-return</c> takes back, by arithmetic of the test's own.
/// </summary>
public class ReturnProperties
{
    private const string Receipt = "R";

    public static TheoryData<ReturnPolicy, OnReturn> Policies
    {
        get
        {
            var data = new TheoryData<ReturnPolicy, OnReturn>();
            foreach (var policy in Enum.GetValues<ReturnPolicy>())
                foreach (var onReturn in Enum.GetValues<OnReturn>())
                    data.Add(policy, onReturn);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Whatever_the_split_the_parts_are_what_on_return_takes_back(
        ReturnPolicy policy, OnReturn onReturn) => Prop.ForAll(Split.Arbitrary, split =>
    {
        var shopper = new Shopper(ProgrammeOf(policy, onReturn, split.Paid % 3), "2026-01-31T12:00");
        var left = Play(shopper, split);
        var taken = Taken(shopper);
        Assert.Equal(Earned(split.Paid) - Kept(onReturn, split.Paid, left), taken.Sum(part => part.Sum));
        if (policy == ReturnPolicy.Negative)
            Assert.All(taken, part => Assert.Equal(0, part.Shortfall));
        else
            Assert.True(shopper.State.FindWallet("points")!.Balance.Value >= 0);
        if (left == 0 && policy == ReturnPolicy.Negative && onReturn != OnReturn.Keep)
            Assert.Equal(0, NetOf(shopper));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(120));

    /// <summary>Plays the split; answers what is left of the purchase.</summary>
    private static int Play(Shopper shopper, Split split)
    {
        var (left, bought, parts) = (split.Paid, false, 0);
        shopper.Buys("food-court", 50);
        foreach (var step in split.Steps)
        {
            shopper.Wait(shopper.Now.AddDays(bought ? step.Days : 0)
                .ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
            if (!bought && parts >= split.Early)
                bought = Buy(shopper, split);
            if (step.Kind == 3)
                Spend(shopper, step.Percent);
            else if (step.Kind == 4)
                shopper.Buys("food-court", step.Percent);
            else if (Math.Min(left, Math.Max(1, split.Paid * step.Percent / 100)) is > 0 and var part)
            {
                shopper.Returns("beauty-hall", Receipt, part, $"part {++parts}");
                left -= part;
            }
        }

        if (!bought)
            Buy(shopper, split);
        return left;
    }

    private static bool Buy(Shopper shopper, Split split)
    {
        shopper.Buys("beauty-hall", split.Paid, Receipt);
        return true;
    }

    private static void Spend(Shopper shopper, int percent)
    {
        var some = shopper.Fires().State.Available("points").Value * percent / 60;
        if (some > 0)
            shopper.Do(new MemberCommand.Spend("points", new(some), "gift"));
    }

    /// <summary>A point a yuan from 100 yuan on, half a point below.</summary>
    private static long Earned(long paid) => paid >= 100 ? paid : paid / 2;

    /// <summary>What the policy leaves with so much left of the purchase.</summary>
    private static long Kept(OnReturn onReturn, int paid, int left) => onReturn switch
    {
        OnReturn.Keep => Earned(paid),
        OnReturn.ProRata => Earned(paid) * left / paid,
        _ => Earned(left),
    };

    private static List<(long Sum, long Shortfall)> Taken(Shopper shopper) =>
    [
        .. shopper.History("beauty-hall", Receipt)!.Reversals.Select(part => (
            part.Amount.Value + part.Lapsed.Value + part.Shortfall.Value, part.Shortfall.Value)),
    ];

    /// <summary>What the purchase itself has left with the member: earned less taken back and lapsed.
    /// </summary>
    private static long NetOf(Shopper shopper)
    {
        var history = shopper.History("beauty-hall", Receipt)!;
        return history.Facts.OfType<Fact.Earned>().Sum(earned => earned.Amount.Value)
            - history.Reversals.Sum(part => part.Amount.Value + part.Lapsed.Value);
    }

    private static Programme ProgrammeOf(ReturnPolicy policy, OnReturn onReturn, int pendingDays) =>
        Examples.Plain(wallet => wallet with
        {
            Returns = policy,
            Expiry = new ExpiryPolicy.AfterDays(20),
            PendingDays = pendingDays,
        })
        .Earn(
            "base", context => Examples.Paid(context) is var paid && paid >= 100 ? paid : paid / 2,
            rule => rule with { OnReturn = onReturn })
        .Build();
}
