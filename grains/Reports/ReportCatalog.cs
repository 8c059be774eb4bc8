using System.Collections.Immutable;

namespace MallVip.Grains.Reports;

/// <summary>The reports that there are.</summary>
public static class ReportCatalog
{
    /// <summary>The report that needs a store and the till's file.</summary>
    public const string DayClose = "day-close";

    /// <summary>Their names, in the order in which they are listed.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["points", "outstanding", "funding", "tiers", "coupons", "waiting", DayClose];

    /// <exception cref="ArgumentException">No report has this name.</exception>
    internal static IReport Create(ReportOrder order) => order.Name switch
    {
        "points" => new PointsReport(order),
        "outstanding" => new OutstandingReport(order),
        "funding" => new FundingReport(order),
        "tiers" => new TiersReport(order),
        "coupons" => new CouponsReport(order),
        "waiting" => new WaitingReport(order),
        DayClose => new DayCloseReport(order),
        _ => throw new ArgumentException($"No report is called {order.Name}.", nameof(order)),
    };
}
