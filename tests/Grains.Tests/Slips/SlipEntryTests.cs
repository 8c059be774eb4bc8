using System.Text;
using MallVip.Grains.Slips;
using MallVip.Rules.Events;

namespace MallVip.Grains.Tests.Slips;

/// <summary>What is kept of slips can be read for ever: these texts never change.</summary>
public sealed class SlipEntryTests
{
    private const string HandedIn = """
        {"v":1,"facts":[{"f":"handed-in","by":"ann","key":"00000000000000000000000000000007",
        "member":"00000000-0000-0000-0000-000000000001",
        "event":{"s":"desk/ann","i":"0-1","t":"mall.purchase","at":"2026-11-23T12:00:00+08:00",
        "x":{"d":"purchase","r":"R1","s":"noodles","p":"86.50","l":[],"t":[],"cp":[]}},
        "content":"00000000000000000000000000000008","photo":"slips/1","note":"Till 3 was down",
        "at":"2026-11-23T04:30:00+00:00","until":"2026-11-30T04:30:00+00:00","day":"2026-11-23"}]}
        """;

    private const string Ended = """
        {"v":1,"facts":[{"f":"approved","by":"ben"},
        {"f":"ended","member":"00000000-0000-0000-0000-000000000001","status":"duplicate",
        "code":"receipt_known","detail":"It is recorded."}]}
        """;

    private const string Declined = """
        {"v":1,"facts":[{"f":"declined","by":"clock","reason":"Nobody has approved it in time."}]}
        """;

    [Theory]
    [InlineData(HandedIn)]
    [InlineData(Ended)]
    [InlineData(Declined)]
    public void An_entry_is_written_as_it_was_read(string text)
    {
        var json = text.ReplaceLineEndings("");

        var body = SlipEntryBody.Parse(Encoding.UTF8.GetBytes(json));

        Assert.Equal(json, Encoding.UTF8.GetString(body.ToJson()));
    }

    [Fact]
    public void The_facts_add_up_to_the_slip()
    {
        var state = SlipState.Empty;
        foreach (var text in (string[])[HandedIn, Ended, HandedIn, Declined])
            foreach (var fact in SlipEntryBody.Parse(Encoding.UTF8.GetBytes(text)).Facts)
                state = state.Apply(fact);

        Assert.Equal(
            [SlipStatus.Duplicate, SlipStatus.Declined], state.Slips.Select(slip => slip.Status));
        Assert.Equal(("ben", null), (state.Slips[0].ApprovedBy, state.Slips[1].ApprovedBy));
        Assert.Equal("86.50", ((PurchaseData)state.Latest!.HandedIn.Event.Data).Paid.ToString());
    }
}
