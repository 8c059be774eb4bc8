using System.Buffers;
using System.Text;
using System.Text.Json;
using MallVip.Client.Texts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Events;

/// <summary>
/// Writes what the receipt says of an outcome, in Chinese and English: what spendable wallets gained or gave
/// back, what they hold now, and a new tier. Not thread-safe: one per response.
/// </summary>
/// <param name="programme">The programme in force, for names (see <see cref="DisplayNames"/>).</param>
internal sealed class ReceiptWriter(Func<Programme> programme)
{
    private readonly StringBuilder _text = new(128);

    /// <summary>Writes <c>"receipt": { "zh", "en" }</c> into an object that is open.</summary>
    public void Write(Utf8JsonWriter json, Outcome outcome)
    {
        var names = programme();
        json.WriteStartObject("receipt"u8);
        Write(json, "zh"u8, ReceiptTexts.Chinese, outcome, names);
        Write(json, "en"u8, ReceiptTexts.English, outcome, names);
        json.WriteEndObject();
    }

    private void Write(
        Utf8JsonWriter json, ReadOnlySpan<byte> property, ReceiptTexts texts, Outcome outcome,
        Programme names)
    {
        _text.Clear();
        foreach (var wallet in names.Wallets)
            if (wallet.Spendable)
                AppendWallet(texts, outcome, wallet);
        AppendTier(texts, outcome, names);
        if (_text.Length > 0)
        {
            _text[0] = char.ToUpperInvariant(_text[0]);
            _text.Append(texts.End);
        }

        WriteText(json, property);
    }

    private void AppendWallet(ReceiptTexts texts, Outcome outcome, Wallet wallet)
    {
        var (earned, pending) = EarnedIn(outcome, wallet.Id);
        var name = DisplayNames.Of(texts.Language, "wallet", wallet.Id, wallet.Name);
        if (earned > 0)
            Append(texts, texts.Earned, earned, name);
        if (pending > 0)
            Append(texts, texts.Pending, pending, name);
        foreach (var spend in outcome.Spent)
            if (spend.Wallet == wallet.Id && spend.Points.Value > 0)
                Append(texts, texts.Spent, spend.Points.Value, name);
        foreach (var reversal in outcome.Reversed)
            if (reversal.Wallet == wallet.Id && reversal.Points.Value > 0)
                Append(texts, texts.TakenBack, reversal.Points.Value, name);
        foreach (var after in outcome.Wallets)
            if (after.Wallet == wallet.Id)
                Append(texts, texts.Balance, after.Balance.Value, name);
    }

    private static (long Earned, long Pending) EarnedIn(Outcome outcome, string wallet)
    {
        var (earned, pending) = (0L, 0L);
        foreach (var line in outcome.Lines)
        {
            if (line.Wallet != wallet)
                continue;
            if (line is { ActivatesAt: null, Unconfirmed: false })
                earned += line.Points.Value;
            else
                pending += line.Points.Value;
        }

        return (earned, pending);
    }

    /// <summary>The first tier of all, at enrolment, is no news.</summary>
    private void AppendTier(ReceiptTexts texts, Outcome outcome, Programme names)
    {
        if (outcome is not { TierBefore: { } before, TierAfter: { } after } || after == before)
            return;
        var (from, to) = (Find(names, before), Find(names, after));
        var name = DisplayNames.Of(texts.Language, "tier", after, to?.Name ?? after);
        Append(texts, (from?.Rank ?? -1) < (to?.Rank ?? 0) ? texts.Upgraded : texts.Downgraded, 0, name);
    }

    private static Tier? Find(Programme names, string? id)
    {
        foreach (var tier in names.Tiers)
            if (tier.Id == id)
                return tier;
        return null;
    }

    private void Append(ReceiptTexts texts, TextTemplate template, long points, string name)
    {
        if (_text.Length > 0)
            _text.Append(texts.Between);
        template.AppendTo(_text, points, name);
    }

    private void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> property)
    {
        var length = _text.Length;
        var chars = ArrayPool<char>.Shared.Rent(length);
        _text.CopyTo(0, chars, length);
        json.WriteString(property, chars.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(chars);
    }
}
