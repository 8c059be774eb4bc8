using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>What conditions can say, and what it means.</summary>
public class VocabularyTests
{
    private const string Receipt = """
        {"receipt":"R7","store":"beauty-hall","paid":120.50,"pointsUsed":3,"till":"A1",
         "lines":[{"sku":"s1","category":"CARE","brand":"Lotus","qty":2,"paid":70.50},
                  {"category":"CARE","paid":30},{"paid":20}],
         "tenders":[{"kind":"cash","paid":100},{"kind":"card","paid":20.50}]}
        """;

    [Theory]
    [InlineData("event.paid == 120.5 && event.paid * 1.5 > 180 && event.paid / 3 < 41")]
    [InlineData(
        "event.receipt == \"R7\" && event.till == \"A1\" && event.cashier == \"\" && event.pointsUsed == 3")]
    [InlineData(
        "event.store.id == \"beauty-hall\" && event.store.name == \"Beauty Hall\" &&" +
        " event.store.category == \"beauty\"")]
    [InlineData(
        "event.store.mall == \"bay\" && event.mall == \"bay\" && event.type == \"mall.purchase\" &&" +
        " event.source == \"test\"")]
    [InlineData("event.lines.size() == 3 && event.lines[0].qty == 2 && event.lines[1].brand == \"\"")]
    [InlineData(
        "event.lines.exists(l, l.category == \"CARE\" && l.paid > 70) &&" +
        " event.lines.filter(l, l.paid >= 30).size() == 2")]
    [InlineData(
        "event.paidOn(\"CARE\") == 100.5 && event.paidOn(\"FUEL\") == 0 &&" +
        " event.paidOnBrand(\"Lotus\") == 70.5")]
    [InlineData("event.paidBy(\"cash\") == 100 && event.tenders.all(t, t.paid > 0)")]
    [InlineData("event.time == timestamp(\"2026-11-21T04:00:00Z\")")]
    [InlineData(
        "event.local.hour == 12 && event.local.minute == 0 && event.local.weekday == \"sat\" &&" +
        " event.local.date == \"2026-11-21\"")]
    [InlineData("event.local.year == 2026 && event.local.month == 11 && event.local.day == 21")]
    [InlineData(
        "member.tier == \"gold\" && member.mall == \"bay\" && member.events == 4 &&" +
        " event.time - member.enrolled > duration(\"24h\")")]
    [InlineData(
        "member.hasTag(\"vip\") && \"vip\" in member.tags && !member.hasTag(\"gone\") &&" +
        " member.tags.size() == 1")]
    [InlineData(
        "member.balance(\"points\") == 70 && member.pending(\"points\") == 30 &&" +
        " member.earned(\"points\") == 100 && member.balance(\"growth\") == 0")]
    [InlineData(
        "member.spent(\"1d\") == 5 && member.spent(\"2d\") == 15 && member.spent(\"week\") == 15 &&" +
        " member.spent(\"month\") == 15 && member.spent(\"year\") == 115")]
    [InlineData(
        "member.purchases(\"365d\") == 3 && member.visits(\"1100d\") == 4 && member.visits(\"1d\") == 1")]
    [InlineData("member.status == \"card-lost\" && member.status != \"frozen\"")]
    [InlineData("member.isBirthday && member.isBirthdayMonth")]
    [InlineData("member.verified(\"phone\") && !member.verified(\"card\") && !member.verified(\"wechat\")")]
    [InlineData(
        "member.consents(\"sms\") && !member.consents(\"e-mail\") && !member.consents(\"post\") &&" +
        " member.referred")]
    [InlineData(
        "member.attributes.city == \"深圳\" && member.attributes.children > 1 &&" +
        " member.attributes.staff && member.attributes.birthday == \"11-21\"")]
    [InlineData("!has(member.attributes.joined) && has(member.attributes.children)")]
    public void A_purchase_and_its_member_can_be_asked(string condition)
    {
        Assert.True(Small.Holds(condition, Small.Event(EventTypes.Purchase, Receipt), Member));
    }

    [Fact]
    public void A_personal_value_can_be_compared_and_nothing_else()
    {
        var washed = Small.Event("car.washed", """{"bay":"1","plate":"A1"}""");
        var owner =
            MemberState.Empty with
            {
                Attributes =
            MemberState.Empty.Attributes.Add("plate", new FieldValue.Handle("plate/A1"))
            };

        Assert.True(Small.Holds("event.plate == member.attributes.plate", washed, owner));
        Assert.False(Small.Holds("event.plate == member.attributes.plate", washed));
        Assert.Null(Small.Load(Small.Rules("car.washed", "event.plate == \"A1\"")).Programme);
        Assert.Null(Small.Load(Small.Rules("car.washed", "event.plate.startsWith(\"A\")")).Programme);
        Assert.Null(Small.Load(Small.Rules("car.washed", "event.plate in [\"A1\"]")).Programme);
    }

    [Theory]
    [InlineData("parking.exit", """{"lot":"p1","plate":"A1","vehicle":"electric"}""",
        "event.lot == \"p1\" && event.vehicle == \"electric\" && event.session == \"\"")]
    [InlineData("visit.wifi", """{"mall":"bay","place":"door 2"}""", "event.place == \"door 2\"")]
    [InlineData("app.viewed", """{"page":"home"}""", "event.page == \"home\" && event.place == \"\"")]
    [InlineData("content.clicked", """{"content":"c1"}""",
        "event.content == \"c1\" && event.channel == \"\"")]
    [InlineData("member.registered", """{"attributes":{"city":"x"}}""", "event.attributes.city == \"x\"")]
    [InlineData("member.updated", """{"consent":{"sms":true,"post":false},"referrer":"card:1"}""",
        "event.consents(\"sms\") && !event.consents(\"post\") && event.referred")]
    [InlineData("member.registered", "{}", "!event.consents(\"sms\") && !event.referred")]
    [InlineData("mall.refund", """{"refund":"F","store":"fresh","receipt":"R","paid":5}""",
        "event.paid == 5 && event.refund == \"F\"")]
    [InlineData("car.washed", """{"bay":"3","price":"9.90"}""",
        "event.bay == \"3\" && event.price == 9.9 && has(event.price)")]
    public void Other_events_have_their_own_fields(string type, string json, string condition) =>
        Assert.True(Small.Holds(condition, Small.Event(type, json)));

    [Fact]
    public void A_birthday_on_the_29th_of_February_is_the_28th_in_other_years()
    {
        var member = MemberState.Empty with
        {
            Attributes =
                MemberState.Empty.Attributes.Add("birthday", new FieldValue.Date(new DateOnly(4, 2, 29))),
        };

        Assert.True(
            Small.Holds("member.isBirthday", Small.Purchase("noodles", 1, "2027-02-28T12:00:00+08:00"),
            member));
        Assert.False(
            Small.Holds("member.isBirthday", Small.Purchase("noodles", 1, "2028-02-28T12:00:00+08:00"),
            member));
        Assert.True(
            Small.Holds("member.isBirthday", Small.Purchase("noodles", 1, "2028-02-29T12:00:00+08:00"),
            member));
    }

    private static MemberState Member { get; } = MemberState.Empty with
    {
        EnrolledAt = DateTimeOffset.UnixEpoch,
        HomeMall = "bay",
        Events = 4,
        Tier = new("gold", DateTimeOffset.UnixEpoch, null),
        Status = new(MemberStatus.CardLost, DateTimeOffset.UnixEpoch, "rang up"),
        Tags =
        [
            new("gone", DateTimeOffset.UnixEpoch, new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8)), null),
            new("vip", DateTimeOffset.UnixEpoch, null, null),
        ],
        Consents =
        [
            new("sms", true, DateTimeOffset.UnixEpoch), new("e-mail", false, DateTimeOffset.UnixEpoch),
        ],
        Referrer = new("phone", "f0"),
        Identities = [new("phone", "a0"), new("card", "a1")],
        Verified = [new("a0", DateTimeOffset.UnixEpoch, "desk", "sms")],
        Wallets =
            [new("points") { Balance = new Points(70), Pending = new Points(30), Earned = new Points(100) }],
        Days = DayLog.Empty
            .AddVisit("bay", new(2024, 1, 1))
            .AddPurchase("bay", new(2026, 1, 5), 100m)
            .AddPurchase("bay", new(2026, 11, 20), 10m)
            .AddPurchase("bay", new(2026, 11, 21), 5m),
        Attributes = MemberState.Empty.Attributes.AddRange(new Dictionary<string, FieldValue>
        {
            ["city"] = new FieldValue.Text("深圳"),
            ["children"] = new FieldValue.Number(2),
            ["staff"] = new FieldValue.Flag(true),
            ["birthday"] = new FieldValue.Date(new DateOnly(4, 11, 21)),
        }),
    };
}
