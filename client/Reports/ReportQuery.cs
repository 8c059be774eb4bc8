using System.Collections.Immutable;
using System.Globalization;
using MallVip.Client.Problems;
using MallVip.Grains.Reports;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Reports;

/// <summary>Reads what a report is asked for out of a request; a wrong parameter is a problem that names it.
/// </summary>
internal static class ReportQuery
{
    public static ReportOrder Order(HttpRequest request, string name)
    {
        if (name == ReportCatalog.DayClose || !ReportCatalog.Names.Contains(name))
            throw ApiErrors.NotFound.Thrown($"No report is called {name}.");
        return new()
        {
            Name = name,
            From = Day(request, "firstDay"),
            To = Day(request, "lastDay"),
            Costs = Costs(request),
        };
    }

    /// <summary>CSV in place of JSON.</summary>
    public static bool IsCsv(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "" or "json" => false,
        "csv" => true,
        _ => throw ApiErrors.InvalidRequest.Thrown($"'format' is json or csv.", "format"),
    };

    private static DateOnly? Day(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)
            ? day
            : throw ApiErrors.InvalidRequest.Thrown($"'{name}' is a day, as 2026-11-01.", name);
    }

    private static ImmutableSortedDictionary<string, decimal> Costs(HttpRequest request)
    {
        var costs = ImmutableSortedDictionary<string, decimal>.Empty.WithComparers(StringComparer.Ordinal);
        foreach (var text in request.Query["cost"])
            costs = text?.Split(':') is [{ Length: > 0 } wallet, var amount]
                && decimal.TryParse(
                    amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost)
                ? costs.SetItem(wallet, cost)
                : throw ApiErrors.InvalidRequest.Thrown(
                    $"'cost' is a wallet and an amount, as points:0.01.", "cost");
        return costs;
    }
}
