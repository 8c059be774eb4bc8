using System.Globalization;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Properties;

/// <summary>Plays a generated history; refusals are part of it.</summary>
internal static class Player
{
    private static readonly string[] Stores = ["beauty-hall", "food-court", "new-store"];

    /// <param name="after">Called after each step with the decision.</param>
    public static Shopper Play(History history, Action<Shopper, MemberCommand, Decision>? after = null)
    {
        var shopper = new Shopper(ProgrammeOf(history.Policies), "2026-01-31T12:00");
        foreach (var step in history.Steps)
        {
            var at = shopper.Now.AddMinutes(step.Minutes);
            shopper.Wait(at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
            var command = CommandOf(shopper, step);
            // Nobody ends the review of an event of their own.
            shopper.Actor = command is MemberCommand.EndReview ? "operator" : "till";
            var decision = shopper.Decide(command);
            if (decision is Decision.Accepted)
                shopper.Do(command);
            after?.Invoke(shopper, command, decision);
        }

        return shopper;
    }

    public static Programme ProgrammeOf(int policies)
    {
        var programme = Examples.Plain(wallet => wallet with
        {
            Pending = policies < 12 ? PendingUntil.Days : (PendingUntil)(policies % 3),
            PendingDays = policies % 2 * 3,
            Rolling = policies % 5 == 0 ? (RollingOn)(policies / 5 % 2) : null,
            Ceiling = policies % 7 == 6 ? 350 : null,
            Steps = policies % 11 == 10 ? new(20, 10) : new(1, 1),
            Expiry = (policies / 2 % 2) == 0 ? new ExpiryPolicy.AfterDays(20)
                : new ExpiryPolicy.AfterMonths(2, true),
            Returns = (ReturnPolicy)(policies % 3),
            Stack = (Stacking)(policies % 3),
            Floor = new(policies % 4 == 3 ? -100 : 0),
            Cap = policies % 12 > 8 ? new(LimitWindow.Week, 400) : null,
        });
        return programme
            .Wallet("growth", wallet => wallet with { Spendable = false, Windows = policies % 2 == 1 })
            .Tier("basic", null)
            .Tier("gold", context => context.Member.Days.Spent(context.Day.AddDays(-29), context.Day) >= 300,
                1, tier => tier with { GraceDays = policies % 3 * 5 })
            .Tier("black", context =>
                context.Member.Gains.Spent(context.Day.AddDays(-29), context.Day, "growth") >= 900,
                2, tier => tier with { Downgrade = (TierFall)(policies % 4 / 2) })
            .Earn("base", context => Examples.Paid(context) / 3)
            .Earn("bonus", context => Examples.Paid(context) >= 100 ? 40 : null, rule => rule with
            {
                OnReturn = (OnReturn)(policies % 3),
                Limit = new(LimitWindow.Day, 1, null),
            })
            .Earn("growth", context => Examples.Paid(context), wallet: "growth", round: Rounding.HalfUp)
            .Multiply("gold", context => context.Member.Tier?.Tier == "gold" ? 1.5m : null)
            .Multiply("always", _ => 1.2m)
            .Tag("keen", "keen", TimeSpan.FromDays(5), context => Examples.Paid(context) > 200,
                EventTypes.Purchase)
            .Guard("large", context => policies % 3 == 1 && Examples.Paid(context) > 150)
            .Build();
    }

    private static MemberCommand CommandOf(Shopper shopper, Step step) => step.Kind switch
    {
        0 => new MemberCommand.Spend("points", new(step.Amount), "gift"),
        1 =>
            new MemberCommand.Adjust(step.Which < 4 ? "points" : "growth", new(step.Amount - 150), "test",
            null),
        2 => new MemberCommand.FireDue(),
        3 => new MemberCommand.AddTag("t" + step.Which, shopper.Now.AddHours(step.Amount), null),
        4 => Event(shopper, EventTypes.ParkingEntry, new ParkingData("plaza-p", "A", null, null), step),
        5 => Event(shopper, EventTypes.ParkingExit, new ParkingData("plaza-p", "A", null, null), step),
        6 => new MemberCommand.SettleParked(),
        12 or 13 => new MemberCommand.HoldPoints(
            "H" + step.Which + shopper.Journal.Count, "points", new(step.Amount),
            shopper.Now.AddMinutes(step.Minutes + 1), null),
        14 => new MemberCommand.CaptureHold(
            HoldOf(shopper, step), step.Which < 4 ? null : new(step.Amount), "gift"),
        15 => new MemberCommand.ReleaseHold(HoldOf(shopper, step), null),
        16 => new MemberCommand.SetStatus(
            step.Amount < 200 ? MemberStatus.Active : (MemberStatus)(step.Which % 5), "test"),
        17 => Event(shopper, EventTypes.Refund, Early(shopper, step), step),
        18 => new MemberCommand.ConfirmPurchase(
            Stores[step.Which % 2], ReceiptOf(shopper, step), null),
        19 => new MemberCommand.ExtendPoints(
            "points", shopper.Now.AddHours(step.Amount), null, "test"),
        20 => new MemberCommand.ExpirePoints(
            "points", step.Amount < 20 ? null : shopper.Now.AddHours(step.Amount), "test"),
        21 => step.Which switch
        {
            0 => new MemberCommand.EndTierGrant("test"),
            1 => new MemberCommand.ReassessTier(step.Amount < 150),
            < 5 => new MemberCommand.GrantTier("gold", shopper.Now.AddHours(step.Amount), "test"),
            _ => new MemberCommand.GrantTier("black", shopper.Now.AddHours(step.Amount), "test"),
        },
        22 => new MemberCommand.EndReview(
            ReviewOf(shopper, step), step.Amount % 2 == 0 ? ReviewEnd.Released : ReviewEnd.Rejected, "test"),
        7 or 8 => Event(shopper, EventTypes.Refund, Refund(shopper, step), step),
        _ => Event(shopper, EventTypes.Purchase, Purchase(shopper, step), step),
    };

    private static string ReceiptOf(Shopper shopper, Step step)
    {
        var bought = shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Purchased>().ToList();
        return bought.Count == 0 ? "none" : bought[step.Amount % bought.Count].Receipt;
    }

    private static string ReviewOf(Shopper shopper, Step step)
    {
        var open = shopper.State.Reviews?.Open ?? [];
        return open.IsEmpty ? "none" : open[step.Which % open.Length].Id;
    }

    private static string HoldOf(Shopper shopper, Step step)
    {
        var open = shopper.State.OpenHolds;
        return open.IsEmpty ? "none" : open[step.Which % open.Length].Id;
    }

    private static PurchaseData Purchase(Shopper shopper, Step step) => shopper.Bought(
        Stores[step.Which == 7 ? 2 : step.Which % 2],
        step.Amount,
        null,
        step.Which == 1 ? 50 : 0,
        new PurchaseLine("a", null, null, 2, new(step.Amount / 2)),
        new PurchaseLine("b", null, null, 1, new(step.Amount - (step.Amount / 2)))) with
    {
        Hold = step.Which == 2 ? HoldOf(shopper, step) : null,
    };

    private static RefundData Refund(Shopper shopper, Step step)
    {
        var bought = shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Purchased>().ToList();
        if (bought.Count == 0)
            return shopper.Back("beauty-hall", "none", 1);
        var purchase = bought[step.Which % bought.Count];
        var paid = step.Amount > 200 ? purchase.Paid.Amount : Math.Min(purchase.Paid.Amount, step.Amount);
        return step.Kind == 7
            ? shopper.Back(purchase.Store, purchase.Receipt, paid)
            : shopper.Back(
                purchase.Store, purchase.Receipt, 0, null, new RefundLine(1 + (step.Which % 2), 1, new(0)));
    }

    /// <summary>Of the purchase that comes next, if one does.</summary>
    private static RefundData Early(Shopper shopper, Step step) => shopper.Back(
        Stores[step.Which % 3],
        string.Create(CultureInfo.InvariantCulture, $"R{shopper.Events + 2}"),
        step.Amount % 100);

    private static MemberCommand.RecordEvent Event(Shopper shopper, string type, EventData data, Step step)
    {
        var late = shopper.Now.AddHours(step.Which == 3 ? -step.Amount : 0);
        return new(
            shopper.Event(type, data, late.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)));
    }
}
