using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>
/// Reads the facts of purchases without going through metadata: they are nearly all that activations, reports
/// and back-tests read. The counterpart of <see cref="FactWriter"/>; a test holds it and the serializer
/// together. Members that are not known here are passed over, as the serializer does.
/// </summary>
/// <param name="others">Reads the facts that are not spelled out here.</param>
internal sealed class FactReader(JsonTypeInfo<Fact> others)
{
    [ThreadStatic]
    private static ImmutableArray<Fact>.Builder? Room;

    /// <summary>The list at which the reader stands.</summary>
    public ImmutableArray<Fact> ReadAll(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return [];
        if (json.TokenType != JsonTokenType.StartArray)
            throw new JsonException("Facts are a list.");
        var facts = Room ?? ImmutableArray.CreateBuilder<Fact>(16);
        Room = null;
        facts.Clear();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            facts.Add(Read(ref json));
        var read = facts.ToImmutable();
        Room = facts;
        return read;
    }

    private Fact Read(ref Utf8JsonReader json)
    {
        var start = json;
        if (json.TokenType == JsonTokenType.StartObject && json.Read()
            && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("f"u8) && json.Read()
            && json.TokenType == JsonTokenType.String && ReadKnown(ref json) is { } known)
            return known;
        json = start;
        return JsonSerializer.Deserialize(ref json, others) ?? throw new JsonException("A fact is null.");
    }

    /// <summary>Null: it is of a kind that is not spelled out here.</summary>
    private static Fact? ReadKnown(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("earned"u8))
            return ReadEarned(ref json);
        if (json.ValueTextEquals("counted"u8))
            return ReadCounted(ref json);
        if (json.ValueTextEquals("event"u8))
            return ReadEvent(ref json);
        if (json.ValueTextEquals("bought"u8))
            return ReadPurchased(ref json);
        if (json.ValueTextEquals("limit"u8))
            return ReadLimitUsed(ref json);
        if (json.ValueTextEquals("budget"u8))
            return ReadBudgetUsed(ref json);
        if (json.ValueTextEquals("visited"u8))
            return ReadVisited(ref json);
        if (json.ValueTextEquals("tagged"u8))
            return ReadTagAdded(ref json);
        if (json.ValueTextEquals("untagged"u8))
            return ReadTagRemoved(ref json);
        return json.ValueTextEquals("reached"u8) ? ReadReached(ref json) : null;
    }

    private static Fact.EventCounted ReadEvent(ref Utf8JsonReader json)
    {
        while (json.Next(out _))
            json.Skip();
        return Fact.EventCounted.Instance;
    }

    private static Fact.Earned ReadEarned(ref Utf8JsonReader json)
    {
        var (wallet, lot, amount, settled) = ((string?)null, 0, 0L, 0L);
        DateTimeOffset? activates = null, expires = null;
        var (why, funding, unconfirmed, day) = ((RuleRef?)null, (Funding?)null, false, (DateOnly?)null);
        while (json.Next(out var name))
            switch (name)
            {
                case "w":
                    wallet = NameTable.Read(ref json);
                    break;
                case "l":
                    lot = json.GetInt32();
                    break;
                case "a":
                    amount = json.GetInt64();
                    break;
                case "o":
                    settled = json.GetInt64();
                    break;
                case "on":
                    activates = json.ReadInstant();
                    break;
                case "x":
                    expires = json.ReadInstant();
                    break;
                case "y":
                    why = json.ReadRule();
                    break;
                case "fu":
                    funding = json.TokenType == JsonTokenType.Null
                        ? null : JsonParts.ReadFunding(ref json);
                    break;
                case "cf":
                    unconfirmed = json.GetBoolean();
                    break;
                case "d":
                    day = json.ReadDay();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(
            wallet!, lot, new(amount), new(settled), activates, expires, why, funding, unconfirmed, day);
    }

    private static Fact.AchievementCounted ReadCounted(ref Utf8JsonReader json)
    {
        var (achievement, day, amount) = ((string?)null, default(DateOnly), 0m);
        while (json.Next(out var name))
            switch (name)
            {
                case "i":
                    achievement = NameTable.Read(ref json);
                    break;
                case "d":
                    day = json.ReadDay() ?? default;
                    break;
                case "a":
                    amount = json.GetDecimal();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(achievement!, day, amount);
    }

    private static Fact.AchievementReached ReadReached(ref Utf8JsonReader json)
    {
        var (achievement, day, times) = ((string?)null, default(DateOnly), 0);
        while (json.Next(out var name))
            switch (name)
            {
                case "i":
                    achievement = NameTable.Read(ref json);
                    break;
                case "d":
                    day = json.ReadDay() ?? default;
                    break;
                case "n":
                    times = json.GetInt32();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(achievement!, day, times);
    }

    private static Fact.Purchased ReadPurchased(ref Utf8JsonReader json)
    {
        var (store, receipt, mall) = ((string?)null, (string?)null, (string?)null);
        var (day, paid) = (default(DateOnly), default(Money));
        while (json.Next(out var name))
            switch (name)
            {
                case "s":
                    store = NameTable.Read(ref json);
                    break;
                case "r":
                    receipt = json.GetString();
                    break;
                case "m":
                    mall = NameTable.Read(ref json);
                    break;
                case "d":
                    day = json.ReadDay() ?? default;
                    break;
                case "p":
                    paid = json.ReadMoney();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(store!, receipt!, mall!, day, paid);
    }

    private static Fact.LimitUsed ReadLimitUsed(ref Utf8JsonReader json)
    {
        var (key, window, ends) = ((string?)null, default(DateOnly), default(DateOnly));
        var (times, amount) = (0, 0L);
        while (json.Next(out var name))
            switch (name)
            {
                case "k":
                    key = NameTable.Read(ref json);
                    break;
                case "d":
                    window = json.ReadDay() ?? default;
                    break;
                case "e":
                    ends = json.ReadDay() ?? default;
                    break;
                case "n":
                    times = json.GetInt32();
                    break;
                case "a":
                    amount = json.GetInt64();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(key!, window, ends, times, new(amount));
    }

    private static Fact.BudgetUsed ReadBudgetUsed(ref Utf8JsonReader json)
    {
        var (rule, window, lease) = ((string?)null, default(DateOnly), 0L);
        var (asked, granted, amount) = (0L, 0L, 0L);
        while (json.Next(out var name))
            switch (name)
            {
                case "k":
                    rule = NameTable.Read(ref json);
                    break;
                case "d":
                    window = json.ReadDay() ?? default;
                    break;
                case "q":
                    asked = json.GetInt64();
                    break;
                case "g":
                    granted = json.GetInt64();
                    break;
                case "a":
                    amount = json.GetInt64();
                    break;
                case "le":
                    lease = json.GetInt64();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(rule!, window, new(asked), new(granted), new(amount), lease);
    }

    private static Fact.Visited ReadVisited(ref Utf8JsonReader json)
    {
        var (mall, day) = ((string?)null, default(DateOnly));
        while (json.Next(out var name))
            switch (name)
            {
                case "m":
                    mall = NameTable.Read(ref json);
                    break;
                case "d":
                    day = json.ReadDay() ?? default;
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(mall!, day);
    }

    private static Fact.TagAdded ReadTagAdded(ref Utf8JsonReader json)
    {
        var (tag, at) = ((string?)null, default(DateTimeOffset));
        var (until, why) = ((DateTimeOffset?)null, (RuleRef?)null);
        while (json.Next(out var name))
            switch (name)
            {
                case "n":
                    tag = NameTable.Read(ref json);
                    break;
                case "at":
                    at = json.ReadInstant() ?? default;
                    break;
                case "until":
                    until = json.ReadInstant();
                    break;
                case "y":
                    why = json.ReadRule();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(tag!, at, until, why);
    }

    private static Fact.TagRemoved ReadTagRemoved(ref Utf8JsonReader json)
    {
        var (tag, cause, why) = ((string?)null, (string?)null, (RuleRef?)null);
        while (json.Next(out var name))
            switch (name)
            {
                case "n":
                    tag = NameTable.Read(ref json);
                    break;
                case "by":
                    cause = NameTable.Read(ref json);
                    break;
                case "y":
                    why = json.ReadRule();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(tag!, cause!, why);
    }
}
