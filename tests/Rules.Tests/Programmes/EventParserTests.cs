using System.Text;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Rules.Tests.Programmes;

public class EventParserTests
{
    private static readonly EventParser Parser = new(Small.Plain);

    [Fact]
    public void A_purchase_keeps_every_digit_of_its_money()
    {
        var data = (PurchaseData)Parse("mall.purchase", """
            {"receipt":"R1","store":"fresh","paid":"12.30","pointsUsed":5,"till":"A1","cashier":null,
             "lines":[{"sku":"x","category":"GROCERY","qty":2,"paid":4.440892e-16},{"paid":"-1.50"}],
             "tenders":[{"kind":"cash","paid":10},{"kind":"card","paid":2.3}],"coupons":["C-1","C-2"]}
            """).Data!;

        Assert.Equal("12.30", data.Paid.ToString());
        Assert.Equal(0.0000000000000004440892m, data.Lines[0].Paid.Amount);
        Assert.Equal((1m, -1.50m), (data.Lines[1].Qty, data.Lines[1].Paid.Amount));
        Assert.Equal((5L, "A1", null), (data.PointsUsed.Value, data.Till, data.Cashier));
        Assert.Equal(["C-1", "C-2"], data.Coupons.AsEnumerable());
        Assert.Equal(["cash", "card"], data.Tenders.Select(tender => tender.Kind));
    }

    [Fact]
    public void A_plate_becomes_a_handle()
    {
        var data =
            (ParkingData)Parse("parking.entry",
            """{"lot":"p1","plate":"粤B12345","vehicle":"electric"}""").Data!;

        Assert.Equal(("p1", "plate/粤B12345", "electric"), (data.Lot, data.Plate, data.Vehicle));
    }

    [Fact]
    public void A_registration_has_typed_attributes_and_identities()
    {
        var parsed = Parse("member.registered", """
            {"identities":["phone:+8613800138000","card:77"],"consent":{"sms":true},"referrer":"phone:1",
             "attributes":{"name":"Li","city":"深圳","birthday":"02-29","children":2,"staff":false,
                           "joined":"2020-01-01T00:00:00Z"}}
            """);
        var attributes = ((MemberData)parsed.Data!).Attributes;

        Assert.Equal([("phone", "phone/+8613800138000"), ("card", "card/77")],
            parsed.Identities.Select(one => (one.Kind, one.Handle)));
        Assert.Equal("sms True", string.Join(' ', ((MemberData)parsed.Data).Consent!.SelectMany(
            said => new object[] { said.Key, said.Value })));
        Assert.Equal(new("phone", "phone/1"), ((MemberData)parsed.Data).Referrer);
        Assert.Equal(new FieldValue.Handle("name/Li"), attributes["name"]);
        Assert.Equal(new FieldValue.Text("深圳"), attributes["city"]);
        Assert.Equal(new FieldValue.Date(new DateOnly(4, 2, 29)), attributes["birthday"]);
        Assert.Equal(new FieldValue.Number(2), attributes["children"]);
        Assert.Equal(new FieldValue.Flag(false), attributes["staff"]);
        Assert.Equal(new FieldValue.Moment(DateTimeOffset.UnixEpoch.AddYears(50)), attributes["joined"]);
    }

    [Fact]
    public void A_member_id_as_referrer_stands_for_itself()
    {
        var parsed = Parse(
            "member.updated", """{"referrer":"member:00000000-0000-0000-0000-0000000000ab"}""");

        Assert.Equal(new("member", $"{0xab:x32}"), ((MemberData)parsed.Data!).Referrer);
    }

    [Theory]
    [InlineData("""{"consent":{"13800138000":true}}""", "data.13800138000 INPUT_NOT_PURPOSE")]
    [InlineData("""{"consent":{"ring me":true}}""", "data.ring me INPUT_NOT_PURPOSE")]
    [InlineData("""{"consent":{"sms":true,"sms":false}}""", "data.sms INPUT_FIELD_TWICE")]
    [InlineData("""{"consent":{"sms":"yes"}}""", "data.sms INPUT_NOT_FLAG")]
    [InlineData("""{"consent":["sms"]}""", "data.consent INPUT_NOT_OBJECT")]
    [InlineData("""{"referrer":"member:7"}""", "data.referrer INPUT_NOT_IDENTITY")]
    [InlineData("""{"referrer":"Li Lei"}""", "data.referrer INPUT_NOT_IDENTITY")]
    public void Consent_and_referrer_are_checked(string data, string problem)
    {
        var found = Assert.Single(Parse("member.updated", data).Problems);

        Assert.Equal(problem, $"{found.Path} {found.Code}");
    }

    [Theory]
    [InlineData("mall.purchas", "{}", "type INPUT_TYPE_UNKNOWN")]
    [InlineData("member.birthday", "{}", "type INPUT_TYPE_UNKNOWN")]
    [InlineData("mall.purchase", "{", "data INPUT_JSON")]
    [InlineData("mall.purchase", "", "data INPUT_JSON")]
    [InlineData("mall.purchase", "{} {}", "data INPUT_JSON")]
    [InlineData("mall.purchase", "[]", "data INPUT_NOT_OBJECT")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\"}", "data.paid INPUT_FIELD_MISSING")]
    [InlineData("mall.purchase", "{\"receipt\":null,\"store\":\"x\",\"paid\":1}",
        "data.receipt INPUT_FIELD_MISSING")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":-1}",
        "data.paid INPUT_OUT_OF_RANGE")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1e30}",
        "data.paid INPUT_NOT_DECIMAL")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":\"1,5\"}",
        "data.paid INPUT_NOT_DECIMAL")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":{}}",
        "data.paid INPUT_NOT_DECIMAL")]
    [InlineData("mall.purchase", "{\"receipt\":1,\"store\":\"x\",\"paid\":1}", "data.receipt INPUT_NOT_TEXT")]
    [InlineData("mall.purchase", "{\"receipt\":\"\",\"store\":\"x\",\"paid\":1}",
        "data.receipt INPUT_TEXT_EMPTY")]
    [InlineData("mall.purchase", "{\"receipt\":\"\\ud800\",\"store\":\"x\",\"paid\":1}",
        "data.receipt INPUT_TEXT_EMPTY")]
    [InlineData("mall.purchase", "{\"receipt\":\"a\\u0000\",\"store\":\"x\",\"paid\":1}",
        "data.receipt INPUT_TEXT_CONTROL")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"receipt\":\"2\",\"store\":\"x\",\"paid\":1}",
        "data.receipt INPUT_FIELD_TWICE")]
    [InlineData("mall.purchase",
        "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1,\"lines\":[{\"paid\":1},{\"qty\":1}]}",
        "data.lines[1].paid INPUT_FIELD_MISSING")]
    [InlineData("mall.purchase",
        "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1,\"lines\":[{\"paid\":1,\"catgory\":\"a\"}]}",
        "data.lines[0].catgory INPUT_FIELD_UNKNOWN")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1,\"lines\":[3]}",
        "data.lines[0] INPUT_NOT_OBJECT")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1,\"lines\":{}}",
        "data.lines INPUT_NOT_LIST")]
    [InlineData("mall.purchase", "{\"receipt\":\"1\",\"store\":\"x\",\"paid\":1,\"pointsUsed\":1.5}",
        "data.pointsUsed INPUT_NOT_INTEGER")]
    [InlineData(
        "mall.refund",
        "{\"refund\":\"1\",\"receipt\":\"1\",\"store\":\"x\",\"paid\":1," +
        "\"lines\":[{\"line\":0,\"qty\":1,\"paid\":1}]}",
        "data.lines[0].line INPUT_NOT_INTEGER")]
    [InlineData("parking.entry", "{\"lot\":\"p2\",\"plate\":\"A1\"}", "data.lot INPUT_LOT_UNKNOWN")]
    [InlineData("parking.entry", "{\"lot\":\"p1\",\"plate\":\"bad\"}", "data.plate INPUT_NOT_IDENTITY")]
    [InlineData("visit.door", "{\"mall\":\"by\"}", "data.mall INPUT_MALL_UNKNOWN")]
    [InlineData("member.updated", "{\"attributes\":{\"birthday\":\"1990-02-30\"}}",
        "data.birthday INPUT_NOT_BIRTHDAY")]
    [InlineData("member.updated", "{\"attributes\":{\"nme\":\"x\"}}", "data.nme INPUT_FIELD_UNKNOWN")]
    [InlineData("member.updated", "{\"identities\":[\"nonsense\"]}", "data.identities[0] INPUT_NOT_IDENTITY")]
    [InlineData("car.washed", "{\"price\":5}", "data.bay INPUT_FIELD_MISSING")]
    [InlineData("car.washed", "{\"bay\":\"1\",\"price\":\"x\"}", "data.price INPUT_NOT_DECIMAL")]
    public void A_mistake_is_told_with_its_place(string type, string json, string expected)
    {
        var parsed = Parse(type, json);

        Assert.Null(parsed.Data);
        Assert.Contains(expected, parsed.Problems.Select(problem => $"{problem.Path} {problem.Code}"));
    }

    [Fact]
    public void All_mistakes_come_at_once_and_name_what_was_meant()
    {
        var problems =
            Parse("mall.purchase", """{"recipt":"1","store":7,"paid":"x","lines":[{"paid":[]}]}""").Problems;

        Assert.Equal(
            ["data.recipt", "data.store", "data.paid", "data.lines[0].paid", "data.receipt"],
                problems.Select(one => one.Path));
        Assert.Equal("receipt", problems[0].Meant);
    }

    [Fact]
    public void A_text_or_list_that_is_too_long_is_refused()
    {
        var lines = string.Join(",", Enumerable.Repeat("{\"paid\":1}", 5_001));

        Assert.Equal("INPUT_TEXT_TOO_LONG",
            Parse("app.opened", $$"""{"page":"{{new string('x', 257)}}"}""").Problems[0].Code);
        Assert.Equal("INPUT_TOO_MANY",
            Parse("mall.purchase",
            $$"""{"receipt":"1","store":"x","paid":1,"lines":[{{lines}}]}""").Problems[0].Code);
    }

    [Theory]
    [InlineData("2026-11-21T12:00:00+08:00", true)]
    [InlineData("2026-11-21t12:00:00.123456789z", true)]
    [InlineData("2026-11-21 12:00:00-05:30", true)]
    [InlineData("2026-11-21T12:00:00", false)]
    [InlineData("2026-11-21T12:00+08:00", false)]
    [InlineData("2026-02-30T12:00:00Z", false)]
    [InlineData("2026-11-21T12:00:00+15:00", false)]
    [InlineData("2026-11-21T12:00:00.Z", false)]
    [InlineData("0001-01-01T00:00:00+08:00", false)]
    [InlineData("9999-12-31T23:59:59-01:00", false)]
    [InlineData("", false)]
    public void An_instant_needs_its_offset(string text, bool valid) =>
        Assert.Equal(valid, Rfc3339.TryParse(text, out _));

    [Fact]
    public void Whatever_is_sent_the_parser_answers()
    {
        var random = new Random(7);
        string[] types =
            ["mall.purchase", "mall.refund", "parking.exit", "member.registered", "car.washed", "app.opened"];
        var seed = Encoding.UTF8.GetBytes(
            """
            {"receipt":"R1","store":"fresh","paid":"12.30","lines":[{"sku":"x","qty":2,"paid":4e-16}],
             "attributes":{"name":"\u00e9"},"identities":["phone:1"],"bay":"1","lot":"p1","plate":"A1"}
            """);
        for (var n = 0; n < 20_000; n++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var parsed =
                Parser.Parse(types[n % types.Length], bytes.AsSpan(0, random.Next(bytes.Length + 1)),
                (_, value) => value);

            Assert.Equal(parsed.Data is null, parsed.Problems.Length > 0);
        }
    }

    private static ParsedEvent Parse(string type, string json) => Parser.Parse(
        type, Encoding.UTF8.GetBytes(json), (kind, value) => value == "bad" ? null : $"{kind}/{value}");
}
