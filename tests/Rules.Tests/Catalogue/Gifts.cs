using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Catalogue;

/// <summary>Programmes with a catalogue, and how tests of orders speak.</summary>
internal static class Gifts
{
    public const string Rewards = """

        catalogue:
          tea-set: { name: Tea set, points: 300, return-within: 7d, stock: { bay: 5, harbour: 1 } }
          lamp: { points: 200, cash: 9.90, tier-prices: { gold: { points: 100 } }, per-member: { times: 1 } }
          poster:
            { points: 50, on-expiry: forfeit, cancel: false, pick-up-within: 2d, desks: { bay: [hall] } }
          golden: { points: 10, for: [gold] }
          autumn: { points: 10, from: 2026-09-01T00:00, to: 2026-11-22T00:00 }
          birthday: { points: 0 }
          voucher: { points: 80, coupon: five, per-member: { times: 2, every: month } }
          cash-voucher: { points: 80, cash: 1, coupon: five }
        """;

    public static string Declarations { get; } = Small.Declarations.Replace(
        "coupons: { ten-off: 10 off }", "coupons: { five: { off: 5, valid: { days: 30 } } }",
        StringComparison.Ordinal).Replace(
        "wallets:\n  points: { expiry: { months: 12 } }", "wallets:\n  points: { expiry: { days: 20 } }",
        StringComparison.Ordinal) + Rewards;

    public static Programme Programme(string rewards = Rewards) => Small.Programme(
        "ruleset: none", Declarations.Replace(Rewards, rewards, StringComparison.Ordinal));

    /// <summary>A member with 500 points, good until the 11th of December.</summary>
    public static Shopper Shopper(int points = 500)
    {
        var shopper = new Shopper(Programme());
        shopper.Do(new MemberCommand.Adjust("points", new(points), "start", null));
        return shopper;
    }

    public static MemberCommand.OrderReward Order(string reward, string order = "o1", string mall = "bay") =>
        new(order, reward, mall);

    public static MemberCommand.PickUpOrder PickUp(string order = "o1", string desk = "hall") =>
        new(order, desk);

    public static MemberCommand.PayOrder Pay(decimal paid, string payment = "p1", string order = "o1") =>
        new(order, payment, new(paid));

    public static MemberCommand.CancelOrder Cancel(string order = "o1") => new(order, null);

    public static MemberCommand.ReturnOrder BringBack(bool restock = true) =>
        new("o1", "hall", restock, "wrong");

    /// <summary>Why a command is refused.</summary>
    public static RejectionKind No(this Shopper shopper, MemberCommand command) =>
        shopper.Refused(command).Kind;

    public static Shopper Orders(
        this Shopper shopper, string reward, string order = "o1", string mall = "bay")
    {
        shopper.Do(Order(reward, order, mall));
        return shopper;
    }

    public static Shopper PicksUp(this Shopper shopper, string order = "o1", string desk = "hall")
    {
        shopper.Do(PickUp(order, desk));
        return shopper;
    }

    public static Shopper Cancels(this Shopper shopper, string order = "o1")
    {
        shopper.Do(Cancel(order));
        return shopper;
    }

    public static Shopper Pays(this Shopper shopper, decimal paid, string payment = "p1", string order = "o1")
    {
        shopper.Do(Pay(paid, payment, order));
        return shopper;
    }

    public static RewardOrder Order(this Shopper shopper, string order = "o1") =>
        shopper.State.FindOrder(order)!;

    /// <summary>Where an order stands, and until when.</summary>
    public static (OrderStatus Status, DateTimeOffset Until) Stands(this Shopper shopper) =>
        (shopper.Order().Status, shopper.Order().Until);

    /// <summary>Balance, what may be spent, and what was spent.</summary>
    public static (long Balance, long Available, long Spent) Purse(this Shopper shopper)
    {
        var wallet = shopper.State.FindWallet("points")!;
        return (wallet.Balance.Value, shopper.State.Available("points").Value, wallet.Spent.Value);
    }

    /// <summary>Pieces on their way back to their stocks.</summary>
    public static string Back(this Shopper shopper) =>
        string.Join("; ", shopper.State.Returning.Select(back => $"{back.Piece} to {back.Stock}"));
}
