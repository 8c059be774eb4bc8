using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Stock;

/// <summary>Keeps a version from being published under which more of a stock would be out than there is.
/// </summary>
public sealed class StockGuard(IGrainFactory grains, ProgrammeHost host)
{
    /// <summary>Null: nothing stands in its way.</summary>
    public async Task<Refusal?> RefuseAsync(Programme next)
    {
        var before = StockTerms.All(host.Shown).ToDictionary(StringComparer.Ordinal);
        foreach (var (stock, total) in StockTerms.All(next))
        {
            if (before.TryGetValue(stock, out var known) && known <= total)
                continue;
            var grain = grains.GetGrain<IStockGrain>(StockKeys.Grain(stock));
            var reading = await Retry.OnFailedAppend(() => grain.Read(stock));
            if (reading.Taken + reading.Reserved > total)
                return Refusals.StockBelowReserved(stock, total, reading.Taken + reading.Reserved);
        }

        return null;
    }
}
