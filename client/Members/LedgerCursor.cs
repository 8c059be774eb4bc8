using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client.Problems;
using MallVip.Client.Wire;

namespace MallVip.Client.Members;

/// <summary>
/// Where the next page of a ledger begins, and what the wallets held there: balances are told backwards from
/// the newest, so that a page costs no more than its own entries.
/// </summary>
/// <param name="Before">Only entries below this number.</param>
/// <param name="Balances">By wallet, after the newest of those entries.</param>
internal sealed record LedgerCursor(long Before, ImmutableSortedDictionary<string, long> Balances)
{
    private const int MaxLength = 4096;

    /// <summary>As it stands in <c>next</c>.</summary>
    public override string ToString() => Base64Url.EncodeToString(
        JsonSerializer.SerializeToUtf8Bytes(new CursorBody(Before, Balances), ApiJson.Default.CursorBody));

    /// <summary>Null: from the newest.</summary>
    /// <exception cref="RefusedException">It is not what an earlier page gave.</exception>
    public static LedgerCursor? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
            throw Wrong();
        try
        {
            var body = JsonSerializer.Deserialize(
                Base64Url.DecodeFromChars(text), ApiJson.Default.CursorBody);
            return body is { Before: > 0 } ? new(body.Before, body.Balances) : throw Wrong();
        }
        catch (JsonException)
        {
            throw Wrong();
        }
    }

    private static RefusedException Wrong() =>
        ApiErrors.InvalidCursor.Thrown("The cursor was not made by this API.");
}
