using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Journaling;

/// <summary>The facts of purchases, spelled out for <see cref="BodyWriter"/>.</summary>
/// <param name="others">Writes the facts that are not spelled out here.</param>
internal sealed class FactWriter(JsonTypeInfo<Fact> others)
{
    public void Write(Utf8JsonWriter json, Fact fact)
    {
        switch (fact)
        {
            case Fact.EventCounted:
                json.WriteStartObject();
                json.WriteString("f"u8, "event"u8);
                json.WriteEndObject();
                break;
            case Fact.Purchased purchased:
                Write(json, purchased);
                break;
            case Fact.Earned earned:
                Write(json, earned);
                break;
            case Fact.LimitUsed used:
                Write(json, used);
                break;
            case Fact.BudgetUsed used:
                Write(json, used);
                break;
            case Fact.Visited visited:
                Write(json, visited);
                break;
            case Fact.TagAdded added:
                Write(json, added);
                break;
            case Fact.TagRemoved removed:
                Write(json, removed);
                break;
            case Fact.AchievementCounted counted:
                Write(json, counted);
                break;
            default:
                JsonSerializer.Serialize(json, fact, others);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, Fact.Purchased fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "bought"u8);
        json.WriteString("s"u8, fact.Store);
        json.WriteString("r"u8, fact.Receipt);
        json.WriteString("m"u8, fact.Mall);
        json.WriteText("d"u8, fact.Day);
        if (fact.Paid.Amount != 0)
            json.WriteText("p"u8, fact.Paid);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.Earned fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "earned"u8);
        json.WriteString("w"u8, fact.Wallet);
        json.WriteUnlessZero("l"u8, fact.Lot);
        json.WriteUnlessZero("a"u8, fact.Amount.Value);
        json.WriteUnlessZero("o"u8, fact.Settled.Value);
        if (fact.ActivatesAt is { } activates)
            json.WriteString("on"u8, activates);
        if (fact.ExpiresAt is { } expires)
            json.WriteString("x"u8, expires);
        json.WriteUnlessNull("y"u8, fact.Why?.Rule);
        json.WriteUnlessNull("fu"u8, fact.Funding?.ToString());
        if (fact.Unconfirmed)
            json.WriteBoolean("cf"u8, true);
        if (fact.Day is { } day)
            json.WriteText("d"u8, day);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.LimitUsed fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "limit"u8);
        json.WriteString("k"u8, fact.Key);
        if (fact.Window != default)
            json.WriteText("d"u8, fact.Window);
        if (fact.Ends != default)
            json.WriteText("e"u8, fact.Ends);
        json.WriteUnlessZero("n"u8, fact.Times);
        json.WriteUnlessZero("a"u8, fact.Amount.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.BudgetUsed fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "budget"u8);
        json.WriteString("k"u8, fact.Rule);
        if (fact.Window != default)
            json.WriteText("d"u8, fact.Window);
        json.WriteUnlessZero("q"u8, fact.Asked.Value);
        json.WriteUnlessZero("g"u8, fact.Granted.Value);
        json.WriteUnlessZero("a"u8, fact.Amount.Value);
        json.WriteUnlessZero("le"u8, fact.Lease);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.Visited fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "visited"u8);
        json.WriteString("m"u8, fact.Mall);
        if (fact.Day != default)
            json.WriteText("d"u8, fact.Day);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.TagAdded fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "tagged"u8);
        json.WriteString("n"u8, fact.Tag);
        if (fact.At != default)
            json.WriteString("at"u8, fact.At);
        if (fact.Until is { } until)
            json.WriteString("until"u8, until);
        json.WriteUnlessNull("y"u8, fact.Why?.Rule);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.AchievementCounted fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "counted"u8);
        json.WriteString("i"u8, fact.Achievement);
        if (fact.Day != default)
            json.WriteText("d"u8, fact.Day);
        if (fact.Amount != 0)
            json.WriteNumber("a"u8, fact.Amount);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Fact.TagRemoved fact)
    {
        json.WriteStartObject();
        json.WriteString("f"u8, "untagged"u8);
        json.WriteString("n"u8, fact.Tag);
        json.WriteString("by"u8, fact.Cause);
        json.WriteUnlessNull("y"u8, fact.Why?.Rule);
        json.WriteEndObject();
    }
}
