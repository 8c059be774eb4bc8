using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Events;

/// <summary>Writes an outcome as the members of an <see cref="Wire.OutcomeBody"/>. Not thread-safe.</summary>
internal sealed class OutcomeWriter(ReceiptWriter receipts)
{
    /// <summary>Writes into an object that is open.</summary>
    public void Write(Utf8JsonWriter json, Outcome outcome)
    {
        if (outcome.Waits)
            json.WriteBoolean("waits"u8, true);
        if (outcome.Review is { } review)
            json.WriteString("review"u8, review);
        WritePoints(json, outcome);
        if (!outcome.Coupons.IsEmpty)
            WriteCoupons(json, outcome.Coupons);
        if (outcome.Order is { } order)
            WriteOrder(json, order);
        WriteMoves(json, outcome);
        WriteBalances(json, outcome);
        if (outcome.TierBefore is not null || outcome.TierAfter is not null)
            WriteTier(json, outcome);
        WriteList(json, "tagsAdded"u8, outcome.TagsAdded);
        WriteList(json, "tagsRemoved"u8, outcome.TagsRemoved);
        WriteList(json, "achievements"u8, outcome.Achievements);
        EffectWriter.Write(json, outcome.Effects);
        WriteWarnings(json, outcome);
        receipts.Write(json, outcome);
    }

    private static void WritePoints(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartArray("points"u8);
        foreach (var line in outcome.Lines)
        {
            json.WriteStartObject();
            if (line.Rule is { } rule)
                json.WriteString("rule"u8, rule);
            json.WriteString("wallet"u8, line.Wallet);
            json.WriteNumber("points"u8, line.Points.Value);
            if (line.ActivatesAt is { } activates)
                json.WriteString(line.Unconfirmed ? "confirmBy"u8 : "activatesAt"u8, activates);
            if (line.Unconfirmed)
                json.WriteBoolean("unconfirmed"u8, true);
            if (line.ExpiresAt is { } expires)
                json.WriteString("expiresAt"u8, expires);
            if (line.Funding is { } funding)
                WriteFunding(json, funding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCoupons(Utf8JsonWriter json, ImmutableArray<OutcomeCoupon> coupons)
    {
        json.WriteStartArray("coupons"u8);
        foreach (var coupon in coupons)
            JsonSerializer.Serialize(
                json,
                new(coupon.What, coupon.Template, coupon.Number, coupon.Off, coupon.Until),
                ApiJson.Default.CouponChangeBody);
        json.WriteEndArray();
    }

    private static void WriteOrder(Utf8JsonWriter json, OutcomeOrder order)
    {
        json.WritePropertyName("order"u8);
        JsonSerializer.Serialize(
            json, new(order.Status, order.Until, order.CashBack), ApiJson.Default.OrderChangeBody);
    }

    private static void WriteFunding(Utf8JsonWriter json, Funding funding)
    {
        json.WriteStartObject("funding"u8);
        WriteUnlessZero(json, "mall"u8, funding.Mall);
        WriteUnlessZero(json, "store"u8, funding.Store);
        WriteUnlessZero(json, "brand"u8, funding.Brand);
        json.WriteEndObject();
    }

    private static void WriteUnlessZero(Utf8JsonWriter json, ReadOnlySpan<byte> name, int value)
    {
        if (value != 0)
            json.WriteNumber(name, value);
    }

    private static void WriteMoves(Utf8JsonWriter json, Outcome outcome)
    {
        if (!outcome.Spent.IsEmpty)
        {
            json.WriteStartArray("spent"u8);
            foreach (var spend in outcome.Spent)
                WriteMove(json, spend.Wallet, spend.Points, default, spend.Short);
            json.WriteEndArray();
        }

        if (!outcome.Held.IsEmpty)
            WriteHolds(json, outcome);
        if (outcome.Sent is { } sent)
            WriteSent(json, sent);
        if (outcome.Reversed.IsEmpty)
            return;
        json.WriteStartArray("reversed"u8);
        foreach (var reversal in outcome.Reversed)
            WriteMove(json, reversal.Wallet, reversal.Points, reversal.Lapsed, reversal.Shortfall);
        json.WriteEndArray();
    }

    private static void WriteHolds(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartArray("held"u8);
        foreach (var held in outcome.Held)
        {
            json.WriteStartObject();
            json.WriteString("hold"u8, held.Hold);
            json.WriteString("wallet"u8, held.Wallet);
            json.WriteNumber("points"u8, held.Points.Value);
            json.WriteString("until"u8, held.Until);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSent(Utf8JsonWriter json, PointsTransfer sent)
    {
        json.WriteStartObject("sent"u8);
        json.WriteString("transfer"u8, sent.Id);
        json.WriteString("to"u8, sent.To.ToString());
        json.WriteString("wallet"u8, sent.Wallet);
        json.WriteNumber("points"u8, sent.Amount.Value);
        json.WriteEndObject();
    }

    private static void WriteMove(
        Utf8JsonWriter json, string wallet, Points points, Points lapsed, Points shortfall)
    {
        json.WriteStartObject();
        json.WriteString("wallet"u8, wallet);
        json.WriteNumber("points"u8, points.Value);
        if (lapsed.Value != 0)
            json.WriteNumber("lapsed"u8, lapsed.Value);
        if (shortfall.Value != 0)
            json.WriteNumber("short"u8, shortfall.Value);
        json.WriteEndObject();
    }

    private static void WriteBalances(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject("balances"u8);
        foreach (var wallet in outcome.Wallets)
            json.WriteNumber(wallet.Wallet, wallet.Balance.Value);
        json.WriteEndObject();
        json.WriteStartObject("pending"u8);
        foreach (var wallet in outcome.Wallets)
            if (wallet.Pending.Value != 0)
                json.WriteNumber(wallet.Wallet, wallet.Pending.Value);
        json.WriteEndObject();
    }

    private static void WriteWarnings(Utf8JsonWriter json, Outcome outcome)
    {
        if (outcome.Warnings.IsEmpty)
            return;
        json.WriteStartArray("warnings"u8);
        foreach (var warning in outcome.Warnings)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, warning.Code);
            if (WarningTexts.Of(warning.Code) is { } text)
            {
                json.WriteStartObject("text"u8);
                json.WriteString("en"u8, text.En);
                json.WriteString("zh"u8, text.Zh);
                json.WriteEndObject();
            }

            json.WriteString("detail"u8, warning.Detail);
            if (warning.Rule is { } rule)
                json.WriteString("rule"u8, rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTier(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteStartObject("tier"u8);
        if (outcome.TierBefore is { } before)
            json.WriteString("before"u8, before);
        if (outcome.TierAfter is { } after)
            json.WriteString("after"u8, after);
        json.WriteEndObject();
    }

    private static void WriteList(
        Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<string> items)
    {
        if (items.IsDefaultOrEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
            json.WriteStringValue(item);
        json.WriteEndArray();
    }
}
