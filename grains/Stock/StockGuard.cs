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
        foreach (var (id, coupon) in next.Coupons)
        {
            if (coupon.Stock is not { } total || host.Shown.Coupons.GetValueOrDefault(id)?.Stock <= total)
                continue;
            var stock = StockName.OfCoupon(id);
            var grain = grains.GetGrain<IStockGrain>(StockName.ToGrain(stock));
            var reading = await Retry.OnFailedAppend(() => grain.Read(stock));
            if (reading.Taken + reading.Reserved > total)
                return Refusals.StockBelowReserved(stock, total, reading.Taken + reading.Reserved);
        }

        return null;
    }
}
