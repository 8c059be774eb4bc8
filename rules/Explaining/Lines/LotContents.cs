using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>
/// Follows one lot through the entries: lines with the same dates share a lot, in which the oldest points go
/// first; a return takes its own line's points before any others.
/// </summary>
internal sealed class LotContents(int lot)
{
    private readonly List<Layer> _layers = [];
    private (string Store, string Receipt)? _purchase;

    /// <summary>What is left of the lot, by line; lines with nothing left are not told.</summary>
    public ImmutableArray<LotShare> Shares =>
    [
        .. _layers.Where(layer => layer.Left > Points.Zero)
            .Select(layer => new LotShare(layer.Seq, layer.At, layer.Rule, layer.Amount, layer.Left)),
    ];

    public void Follow(PastEntry entry, IEnumerable<Fact> facts)
    {
        _purchase = null;
        foreach (var fact in facts)
            Follow(entry, fact);
    }

    private void Follow(PastEntry entry, Fact fact)
    {
        switch (fact)
        {
            case Fact.Purchased bought:
                _purchase = (bought.Store, bought.Receipt);
                break;
            case Fact.Returned returned:
                _purchase = (returned.Store, returned.Receipt);
                break;
            case Fact.Earned earned when earned.Lot == lot:
                _layers.Add(new(entry, _purchase, earned.Why?.Rule, earned.Amount, earned.Settled));
                break;
            case Fact.Adjusted adjusted when adjusted.Lot == lot:
                _layers.Add(new(entry, null, null, adjusted.Amount, adjusted.Settled));
                break;
            case Fact.Adjusted adjusted:
                Draw(adjusted.Parts);
                break;
            case Fact.Activated activated when activated.Lot == lot:
                Draw(activated.Settled);
                break;
            case Fact.Expired expired when expired.Lot == lot:
                _layers.Clear();
                break;
            case Fact.SpentPoints spent:
                Draw(spent.Parts);
                break;
            case Fact.Reversed reversed:
                Reverse(reversed);
                break;
            default:
                break;
        }
    }

    private void Reverse(Fact.Reversed reversed)
    {
        foreach (var part in reversed.Parts)
        {
            if (part.Lot != lot)
                continue;
            var own = reversed.Lot == lot
                ? _layers.Find(layer => layer.Is(_purchase, reversed.Why?.Rule))
                : null;
            Draw(own?.Draw(part.Amount) ?? part.Amount);
        }
    }

    private void Draw(IEnumerable<LotPart> parts)
    {
        foreach (var part in parts)
            if (part.Lot == lot)
                Draw(part.Amount);
    }

    private void Draw(Points amount)
    {
        foreach (var layer in _layers)
            amount = layer.Draw(amount);
    }

    private sealed class Layer(
        PastEntry entry, (string Store, string Receipt)? purchase, string? rule, Points amount,
        Points settled)
    {
        public long Seq => entry.Seq;

        public DateTimeOffset At => entry.At;

        public string? Rule => rule;

        public Points Amount => amount;

        public Points Left { get; private set; } = amount - settled;

        public bool Is((string Store, string Receipt)? other, string? by) =>
            purchase is not null && purchase == other && rule == by;

        /// <summary>What of the amount is still to be found elsewhere.</summary>
        public Points Draw(Points wanted)
        {
            var part = Points.Min(wanted, Left);
            Left -= part;
            return wanted - part;
        }
    }
}
