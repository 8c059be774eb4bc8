using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Stock;

/// <summary>See <see cref="IStockGrain"/>.</summary>
public sealed class StockGrain(MemberServices services) : Grain, IStockGrain
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "stock";

    /// <summary>What broke off is carried on after so long.</summary>
    public static readonly TimeSpan DriveAfter = TimeSpan.FromSeconds(30);

    private Timeline<StockState> _timeline = null!;
    private StockArchive _archive = null!;
    private StockCounter _counter = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var grain = new GrainKey(GrainKind.Stock, UInt128.Parse(
            this.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        _archive = new(services, grain);
        _timeline = new(services.Writer, grain, await _archive.OpenAsync(cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
        await services.Keys.LearnAsync(grain, cancellationToken);
        _counter = new(services, _timeline, _archive, GrainFactory);
    }

    public Task<StockAnswer> Take(StockOrder order) => _counter.TakeAsync(order);

    public Task<StockAnswer> Confirm(string piece) => _counter.ConfirmAsync(piece);

    public Task<bool> GiveBack(string stock, string piece) => _counter.GiveBackAsync(stock, piece);

    public async Task<StockReading> Read(string stock)
    {
        var (state, _) = await _timeline.ReadDurable();
        var terms = StockTerms.Of(services.Programmes.Current, stock);
        var left = terms is null
            ? 0
            : state.Free(terms, ZoneTime.Day(_timeline.NotBefore(services.Time.GetUtcNow()), terms.Zone));
        return new(state.Taken, state.Open.Count, state.Line.Count, left);
    }

    public Task Poke() => _counter.PokeAsync();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_timeline is not null)
            _archive.Offer(_timeline);
        return Task.CompletedTask;
    }
}
