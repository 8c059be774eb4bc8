using System.Text.Json;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Bench;

/// <summary>A member as tutorials write it: one object as persistent state, one write per event.</summary>
public interface ITextbookGrain : IGrainWithIntegerKey
{
    Task<long> Accrue(byte[] cloudEvent);
}

/// <summary>What the grain keeps.</summary>
[GenerateSerializer]
public sealed class TextbookState
{
    [Id(0)]
    public long Points { get; set; }

    [Id(1)]
    public decimal Spent { get; set; }

    [Id(2)]
    public string Tier { get; set; } = "";

    /// <summary>Points by the month in which they lapse.</summary>
    [Id(3)]
    public Dictionary<string, long> Lots { get; set; } = [];

    /// <summary>The newest ids, to know a repeat.</summary>
    [Id(4)]
    public Queue<string> Seen { get; set; } = [];
}

/// <summary>See <see cref="ITextbookGrain"/>. Twenty rules of NRules decide, with a session per
/// event.</summary>
public sealed class TextbookGrain(
    [PersistentState("member")] IPersistentState<TextbookState> stored, Programme programme)
    : Grain, ITextbookGrain
{
    private const int Remembered = 32;

    public async Task<long> Accrue(byte[] cloudEvent)
    {
        using var json = JsonDocument.Parse(cloudEvent);
        var id = json.RootElement.GetProperty("id").GetString()!;
        var state = stored.State;
        if (state.Seen.Contains(id))
            return state.Points;
        var at = json.RootElement.GetProperty("time").GetDateTimeOffset();
        var paid = decimal.Parse(
            json.RootElement.GetProperty("data").GetProperty("paid").GetString()!,
            System.Globalization.CultureInfo.InvariantCulture);
        var points = (long)Matches(id, at, paid).Sum(match => match.Amount);
        state.Points += points;
        state.Spent += paid;
        state.Tier = state.Spent > 10_000 ? "gold" : state.Spent > 2_000 ? "silver" : "";
        var month = at.AddMonths(13).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        state.Lots[month] = state.Lots.GetValueOrDefault(month) + points;
        state.Seen.Enqueue(id);
        if (state.Seen.Count > Remembered)
            state.Seen.Dequeue();
        await stored.WriteStateAsync();
        return state.Points;
    }

    private List<RuleMatch> Matches(string id, DateTimeOffset at, decimal paid)
    {
        var purchase = new MallEvent("bench", id, EventTypes.Purchase, at, new PurchaseData
        {
            Receipt = id,
            Store = RulesBenchFiles.Store,
            Paid = new(paid),
        });
        var matches = new List<RuleMatch>();
        programme.Matcher.Match(
            RulesBenchFiles.Context(programme, MemberState.Empty, purchase), matches);
        return matches;
    }
}
