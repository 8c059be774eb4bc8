using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Members;

namespace MallVip.Grains.Stock;

/// <summary>
/// A member's side of stocks, as its timer drives it: gives back what it has given up, and asks for the
/// pieces of coupons that rules have granted. Each step has a key or is done once by what the other side
/// remembers.
/// </summary>
public sealed class StockSaga(IGrainFactory grains)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <param name="member">How the member is told.</param>
    public async Task DriveAsync(
        MemberState state, DateTimeOffset now, Func<MemberRequest, Task<MemberAnswer>> member)
    {
        if (state.Merge is not null)
            return;
        foreach (var back in state.Returning)
            await GiveBackAsync(back, member);
        foreach (var ask in state.Coupons?.Asks ?? [])
            if (ask.DriveAt <= now)
                await AskAsync(state, ask, now, member);
    }

    private async Task GiveBackAsync(PieceBack back, Func<MemberRequest, Task<MemberAnswer>> member)
    {
        await Retry.OnFailedAppend(() => Stock(back.Stock).GiveBack(back.Stock, back.Piece));
        await Retry.OnFailedAppend(
            () => member(MemberRequest.Due with { Command = new MemberCommand.EndPieceBack(back.Piece) }));
    }

    /// <summary>Who has to wait in the line looks again; the piece may come before.</summary>
    private async Task AskAsync(
        MemberState state, CouponAsk ask, DateTimeOffset now, Func<MemberRequest, Task<MemberAnswer>> member)
    {
        var stock = StockName.OfCoupon(ask.Template);
        var answer = await Retry.OnFailedAppend(() => Stock(stock).Take(new()
        {
            Stock = stock,
            Piece = ask.Piece,
            Key = StockKeys.Given(stock, ask.Piece),
            Member = state.Id!.Value,
            Command = new MemberCommand.GrantCoupon(ask.Template, CouponCause.Rule, null)
            {
                Piece = ask.Piece,
            },
            Actor = MemberRequest.Due.Actor,
        }));
        (string? how, DateTimeOffset? again) = answer.Status switch
        {
            StockStatus.Taken => ((string?)null, (DateTimeOffset?)null),
            StockStatus.Waiting or StockStatus.Held => (null, now + AskAgain),
            StockStatus.SoldOut or StockStatus.SoldOutToday => ("sold_out", null),
            StockStatus.Unknown => ("unknown_template", null),
            _ => ("refused", null),
        };
        if (how is not null || again is not null)
            await Retry.OnFailedAppend(() => member(
                MemberRequest.Due with { Command = new MemberCommand.EndCouponAsk(ask.Piece, how, again) }));
    }

    private IStockGrain Stock(string stock) => grains.GetGrain<IStockGrain>(StockKeys.Grain(stock));
}
