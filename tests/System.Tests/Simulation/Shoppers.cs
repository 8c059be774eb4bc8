using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Members;
using MallVip.Rules.Reviews;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Simulation;

/// <summary>Draws what shoppers, tills and desks do next.</summary>
internal sealed class Shoppers(Random random, Model model)
{
    private const int People = 12;
    private const string Store = "noodles";
    private readonly List<SimulatedCall> _sent = [];
    private readonly HashSet<string> _returned = [];
    private readonly List<(int Phone, string Hold)> _holds = [];
    private readonly List<SimulatedCall> _owed = [];
    private int _number;

    public static IEnumerable<int> Phones => Enumerable.Range(1, People);

    /// <summary>
    /// The calls of one round, in the order in which they are sent: some twice, some late, none in order.
    /// </summary>
    public List<SimulatedCall> Draw(DateTimeOffset now, int calls)
    {
        var drawn = new List<SimulatedCall>(_owed);
        _owed.Clear();
        for (var i = 0; i < calls; i++)
            drawn.Add(Next(now));
        _sent.AddRange(drawn);
        drawn.AddRange(drawn.Where(_ => random.Next(5) == 0).ToArray());
        var order = drawn.ToArray();
        random.Shuffle(order);
        return [.. order];
    }

    private SimulatedCall Next(DateTimeOffset now)
    {
        var phone = random.Next(1, People + 1);
        return random.Next(100) switch
        {
            < 4 => new SimulatedCall.Merge(Id("m"), phone, random.Next(1, People + 1)),
            < 34 => model.Cards.Count > 0 && random.Next(4) == 0 ? Showing(now) : Purchase(phone, now),
            < 40 => Coupon(phone, now),
            < 50 => Later(phone, now),
            < 53 => Early(phone, now),
            < 60 when model.Bought.Count > 0 => Refund(now),
            < 68 when _sent.Count > 0 => _sent[random.Next(_sent.Count)],
            < 72 when model.Events.Any() => Forgery(now),
            < 74 => Spend(phone, random.Next(1, 200)),
            < 78 => random.Next(2) == 0 ? new SimulatedCall.Lamp(Id("q"), phone) : Step(phone),
            < 82 => Coupon(phone, now),
            < 84 => Hold(phone, now),
            < 86 when _holds.Count > 0 => EndHold(),
            < 88 => Gift(phone),
            < 89 => random.Next(3) switch
            {
                0 => Status(phone),
                1 => Tag(phone),
                _ => Tier(phone),
            },
            < 90 when random.Next(3) > 0 => Coupon(phone, now),
            < 90 => random.Next(2) == 0 ? Adjust(phone, random.Next(1, 50)) : Ends(phone, now),
            < 91 when model.Reviews.Count > 0 => EndReview(),
            < 92 when model.Bought.Count > 0 => Confirm(),
            < 94 => new SimulatedCall.Register(phone),
            < 95 => Join(phone, now),
            < 96 => Publish(now),
            < 98 => Thing(phone),
            _ => Purchase(phone, now),
        };
    }

    private SimulatedCall Thing(int phone) => random.Next(7) switch
    {
        < 3 => new SimulatedCall.Thing(Id("k"), phone, $"card:{random.Next(3)}", random.Next(2) == 0),
        < 6 => new SimulatedCall.Thing(Id("k"), phone, Plate(), random.Next(3) > 0),
        _ => new SimulatedCall.Order(Id("o"), Plate()),
    };

    private string Plate() => $"plate:沪A1234{random.Next(2)}";

    private SimulatedCall.Purchase Purchase(int phone, DateTimeOffset now)
    {
        var (id, paid) = (Id("p"), random.Next(0, 500));
        var store = random.Next(2) == 0 ? "noodles" : "beauty-hall";
        var time = random.Next(4) == 0 ? now.AddMinutes(-random.Next(0, 20 * 24 * 60)) : now;
        var json = Till.Purchase(id, Till.Phone(phone), paid, time, store);
        return new(id, phone, paid, store, random.Next(6) == 0 ? Till.Watched(json) : json);
    }

    /// <summary>A purchase that brings a coupon, which may be used up, set aside or gone by then.</summary>
    private SimulatedCall.Purchase Showing(DateTimeOffset now)
    {
        var card = model.Cards[random.Next(model.Cards.Count)];
        var drawn = Purchase(card.Phone, now) with { Paid = random.Next(50, 500), HasCoupon = true };
        return drawn with
        {
            Json = Till.Showing(
                Till.Purchase(drawn.Id, Till.Phone(card.Phone), drawn.Paid, now, drawn.Store), card.Code),
        };
    }

    private SimulatedCall.Publish Publish(DateTimeOffset now) => new(
        Id("r"), _number, random.Next(3) == 0 ? now.AddMinutes(random.Next(1, 3_000)) : null);

    /// <summary>
    /// Into the inbox. It happens when it arrives, so that nothing can be said against it: it must be found.
    /// </summary>
    private SimulatedCall.Purchase Later(int phone, DateTimeOffset now)
    {
        var drawn = Purchase(phone, now);
        return drawn with { Json = Till.WithoutTime(drawn.Json), Later = true };
    }

    private SimulatedCall.AtDesk Spend(int phone, int points) =>
        new(Id("s"), phone, new MemberCommand.Spend("points", new(points), "gift"));

    private SimulatedCall.AtDesk Hold(int phone, DateTimeOffset now)
    {
        var hold = Id("h");
        _holds.Add((phone, hold));
        return new(hold, phone, new MemberCommand.HoldPoints(
            hold, "points", new(random.Next(1, 200)), now.AddMinutes(random.Next(1, 20_000)), null));
    }

    /// <summary>Of some order, perhaps one that was never placed or is over.</summary>
    private SimulatedCall.AtDesk Step(int phone)
    {
        var lamps = model.Lamps.ToArray();
        var lamp = lamps.Length == 0 ? new("none", phone) : lamps[random.Next(lamps.Length)];
        return new(Id("w"), lamp.Phone, random.Next(4) switch
        {
            0 => new MemberCommand.CancelOrder(lamp.Piece, null),
            1 => new MemberCommand.ReturnOrder(lamp.Piece, "hall", random.Next(3) > 0, "simulated"),
            _ => new MemberCommand.PickUpOrder(lamp.Piece, "hall"),
        });
    }

    /// <summary>Of some hold, perhaps one that is not open.</summary>
    private SimulatedCall.AtDesk EndHold()
    {
        var (phone, hold) = _holds[random.Next(_holds.Count)];
        return new(Id("e"), phone, random.Next(4) == 0
            ? new MemberCommand.ReleaseHold(hold, null)
            : new MemberCommand.CaptureHold(
                hold, random.Next(2) == 0 ? null : new(random.Next(1, 100)), "gift"));
    }

    /// <summary>Granted, or redeemed, or returned: some number, which may be no coupon's or have moved up by
    /// a merge; or by its code.</summary>
    private SimulatedCall.AtDesk Coupon(int phone, DateTimeOffset now)
    {
        var id = Id("v");
        if (model.Cards.Count > 0 && random.Next(3) == 0)
            return Shown(id, model.Cards[random.Next(model.Cards.Count)], now);
        // Mostly of somebody who is known to be a member, or to have a coupon.
        if (model.Bought.Count > 0)
            phone = model.Bought[random.Next(model.Bought.Count)].Phone;
        if (random.Next(3) == 0 || model.Granted.Count == 0)
            return new(id, phone, new MemberCommand.GrantCoupon(Model.Voucher, CouponCause.Hand, null));
        if (random.Next(3) == 0 && model.Redeemed.Count > 0)
        {
            var back = model.Redeemed[random.Next(model.Redeemed.Count)];
            return new(id, back.Phone, new MemberCommand.ReturnCoupon(back.Number, back.Store, back.Receipt));
        }

        phone = model.Granted[random.Next(model.Granted.Count)].Phone;
        return new(id, phone, new MemberCommand.RedeemCoupon(random.Next(1, 4), Store, id, new(50), []));
    }

    private SimulatedCall.AtDesk Shown(string id, SimulatedCard card, DateTimeOffset now) =>
        new(id, card.Phone, random.Next(6) switch
        {
            0 => new MemberCommand.VoidCoupon(0, "simulated"),
            1 => new MemberCommand.ReleaseCoupon(0),
            2 => new MemberCommand.RedeemCoupon(0, Store, id, new(50), []),
            _ => new MemberCommand.ReserveCoupon(
                0, Store, random.Next(2) == 0 ? null : id, now.AddMinutes(random.Next(1, 1_400))),
        })
        {
            Card = card,
        };

    private SimulatedCall.Gift Gift(int phone) =>
        new(Id("g"), phone, random.Next(1, People + 1), random.Next(1, 100));

    /// <summary>One in which purchases earn all the same; mostly it is lifted again.</summary>
    private SimulatedCall.AtDesk Status(int phone) => new(Id("x"), phone, new MemberCommand.SetStatus(
        random.Next(3) > 0 ? MemberStatus.Active : (MemberStatus)random.Next(1, 3), "simulated"));

    /// <summary>Which half of the time changes nothing, and must not when it is sent again later.</summary>
    private SimulatedCall.AtDesk Tag(int phone) => new(Id("t"), phone, random.Next(2) == 0
        ? new MemberCommand.AddTag("vip", null, null)
        : new MemberCommand.RemoveTag("vip", null));

    /// <summary>What gives no tier: gold multiplies points, and the model does not follow tiers.</summary>
    private SimulatedCall.AtDesk Tier(int phone) => new(Id("l"), phone, random.Next(2) == 0
        ? new MemberCommand.EndTierGrant("simulated")
        : new MemberCommand.ReassessTier(random.Next(2) == 0));

    private SimulatedCall.AtDesk Adjust(int phone, int points) =>
        new(Id("a"), phone, new MemberCommand.Adjust("points", new(points), "sorry", null));

    /// <summary>Of some purchase, which may be returned, confirmed or another member's by then.</summary>
    private SimulatedCall.AtDesk Confirm()
    {
        var of = model.Bought[random.Next(model.Bought.Count)];
        return new(Id("c"), of.Phone, new MemberCommand.ConfirmPurchase(of.Store, "R" + of.Id, null));
    }

    /// <summary>Of some review, perhaps one that has ended.</summary>
    private SimulatedCall.AtDesk EndReview()
    {
        var (phone, review) = model.Reviews[random.Next(model.Reviews.Count)];
        return new(Id("w"), phone, new MemberCommand.EndReview(
            review, random.Next(2) == 0 ? ReviewEnd.Released : ReviewEnd.Rejected, "simulated"));
    }

    private SimulatedCall.AtDesk Ends(int phone, DateTimeOffset now)
    {
        var wallet = random.Next(2) == 0 ? "slow" : "debt";
        return new(Id("l"), phone, random.Next(3) == 0
            ? new MemberCommand.ExpirePoints(wallet, now.AddDays(random.Next(30)), "simulated")
            : new MemberCommand.ExtendPoints(wallet, now.AddDays(random.Next(100, 200)), null, "simulated"));
    }

    /// <summary>A whole return, one per purchase.</summary>
    private SimulatedCall Refund(DateTimeOffset now)
    {
        var of = model.Bought[random.Next(model.Bought.Count)];
        if (of.Paid == 0 || !_returned.Add(of.Id))
            return Purchase(of.Phone, now);
        var id = Id("b");
        return new SimulatedCall.Refund(
            id, of, Till.Refund(id, Till.Phone(of.Phone), of.Paid, now, of.Store, "R" + of.Id));
    }

    /// <summary>A whole return whose purchase is sent in the next round, so that it comes first; or it comes
    /// alone, and its purchase never.</summary>
    private SimulatedCall.Refund Early(int phone, DateTimeOffset now)
    {
        var of = Purchase(phone, now) with { Paid = random.Next(1, 500) };
        of = of with { Json = Till.Purchase(of.Id, Till.Phone(phone), of.Paid, now, of.Store) };
        if (random.Next(5) > 0)
            _owed.Add(of);
        _returned.Add(of.Id);
        var id = Id("b");
        var json = Till.Refund(id, Till.Phone(phone), of.Paid, now, of.Store, "R" + of.Id);
        return new(id, of, json, Early: true);
    }

    private SimulatedCall.Forgery Forgery(DateTimeOffset now)
    {
        var of = model.Events.ElementAt(random.Next(model.Events.Count()));
        return new(
            of.Id, of.Phone, Till.Purchase(of.Id, Till.Phone(of.Phone), 10_000, now, "noodles", "forged"));
    }

    /// <summary>Half of them say who brought them, perhaps themselves: the auditor holds both ends together.
    /// </summary>
    private SimulatedCall.Join Join(int phone, DateTimeOffset now)
    {
        var id = Id("j");
        var by = Till.Phone(random.Next(1, People + 1));
        var data = random.Next(2) == 0 ? "{}" : $$"""{"referrer":"{{by}}"}""";
        return new(id, phone, Till.Event(id, "member.registered", Till.Phone(phone), now, data));
    }

    private string Id(string kind) => $"{kind}{++_number}";
}
