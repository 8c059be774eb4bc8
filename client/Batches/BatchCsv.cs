using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using CsvHelper;
using MallVip.Client.Problems;
using MallVip.Grains.Batches;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Batches;

/// <summary>
/// Reads a list: CSV with a heading, columns <c>member</c>, <c>action</c>, <c>wallet</c>, <c>amount</c>,
/// <c>tag</c>, <c>tier</c>, <c>coupon</c>, <c>until</c> in any order, of which those that no row needs may be
/// missing.
/// </summary>
internal static class BatchCsv
{
    /// <summary>The most rows that a list may have.</summary>
    public const int Most = 200_000;

    private static readonly ImmutableArray<string> Columns =
        ["member", "action", "wallet", "amount", "tag", "tier", "coupon", "until"];

    /// <summary>Its rows, each with whom it names or with what is wrong.</summary>
    /// <exception cref="RefusedException">It is no such list at all.</exception>
    public static List<BatchLine> Read(byte[] text, Programme programme)
    {
        try
        {
            var broken = new HashSet<long>();
            using var reader = CsvReader.FromText(
                new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text),
                new()
                {
                    HasHeader = true,
                    TrimWhitespace = true,
                    TrackLineNumbers = true,
                    OnMalformedRecord = record => broken.Add(record.LineNumber),
                });
            reader.ReadHeader();
            var places = PlacesOf([.. reader.Headers.Select(name => name.Trim('\uFEFF', ' '))]);
            var lines = new List<BatchLine>();
            while (reader.Read())
            {
                if (lines.Count == Most)
                    throw ApiErrors.InvalidRequest.Thrown($"A list may have {Most} rows.");
                string Cell(string column) =>
                    places[column] is >= 0 and var at && at < reader.FieldCount ? reader.GetString(at) : "";
                var line = (int)reader.LineNumber;
                lines.Add(broken.Contains(line)
                    ? Wrong(line, "A quote stands inside a cell, or is never closed.")
                    : LineOf(line, Cell, programme));
            }

            return lines;
        }
        catch (Exception wrong) when (wrong is CsvFormatException or DecoderFallbackException)
        {
            throw ApiErrors.InvalidRequest.Thrown("The list cannot be read as CSV in UTF-8.");
        }
    }

    private static Dictionary<string, int> PlacesOf(string[] header)
    {
        foreach (var name in header)
            if (!Columns.Contains(name))
                throw ApiErrors.InvalidRequest.Thrown($"No column of a list is called {name}.");
        if (!header.Contains("member") || !header.Contains("action"))
            throw ApiErrors.InvalidRequest.Thrown($"A list has a heading with at least: member,action.");
        return Columns.ToDictionary(column => column, column => Array.IndexOf(header, column));
    }

    private static BatchLine LineOf(int line, Func<string, string> cell, Programme programme)
    {
        var until = default(DateTimeOffset);
        if (cell("until") is { Length: > 0 } text && !Rfc3339.TryParse(text, out until))
            return Wrong(line, "The column until is an instant such as 2027-01-01T00:00:00+08:00.");
        DateTimeOffset? end = until == default ? null : until;
        switch (cell("action"))
        {
            case "adjust":
                return AdjustmentOf(line, cell, programme, end);
            case "tag" or "untag" when !Tags.IsWellFormed(cell("tag")):
                return Wrong(line, "The tag is not well-formed.");
            case "tag":
                return new(cell("member"), new(line, default, BatchAction.Tag, cell("tag"), 0, end), null);
            case "untag":
                return new(cell("member"), new(line, default, BatchAction.Untag, cell("tag"), 0, null), null);
            case "tier":
                return TierOf(line, cell, programme, end);
            case "coupon":
                return CouponOf(line, cell, programme, end);
            default:
                return Wrong(line, "The column action is adjust, tag, untag, tier or coupon.");
        }
    }

    private static BatchLine AdjustmentOf(
        int line, Func<string, string> cell, Programme programme, DateTimeOffset? end)
    {
        var wallet = cell("wallet") is { Length: > 0 } named ? named : programme.DefaultWallet?.Id ?? "";
        if (programme.FindWallet(wallet) is null)
            return Wrong(line, "No wallet has this name.");
        var isNumber = long.TryParse(
            cell("amount"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount);
        return isNumber && amount is not (0 or > Points.Limit or < -Points.Limit)
            ? new(cell("member"), new(line, default, BatchAction.Adjust, wallet, amount, end), null)
            : Wrong(line, "The column amount is a whole number of points, not 0.");
    }

    private static BatchLine TierOf(
        int line, Func<string, string> cell, Programme programme, DateTimeOffset? end)
    {
        if (programme.Tiers.All(tier => tier.Id != cell("tier")))
            return Wrong(line, "No tier has this name.");
        return end is null
            ? Wrong(line, "A tier is given until an instant: the column until.")
            : new(cell("member"), new(line, default, BatchAction.Tier, cell("tier"), 0, end), null);
    }

    private static BatchLine CouponOf(
        int line, Func<string, string> cell, Programme programme, DateTimeOffset? end)
    {
        if (!programme.Coupons.TryGetValue(cell("coupon"), out var template))
            return Wrong(line, "No coupon template has this name.");
        if (template.IsCounted)
            return Wrong(line, "Coupons of this template come from its stock.");
        return end is null
            ? new(cell("member"), new(line, default, BatchAction.Coupon, template.Id, 0, null), null)
            : Wrong(line, "The template says until when a coupon is good: leave the column until empty.");
    }

    private static BatchLine Wrong(int line, string detail) =>
        new("", null, new(line, ApiErrors.InvalidRequest.Code, detail));
}

/// <summary>A row as it was read.</summary>
/// <param name="Member">Whom it names; kept nowhere.</param>
/// <param name="Row">Without its member; null: it is wrong.</param>
/// <param name="Fault">Null: nothing is wrong so far.</param>
internal sealed record BatchLine(string Member, BatchRow? Row, BatchFault? Fault);
