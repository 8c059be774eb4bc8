using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// Whose points are left in the lots that a purchase went into. Lines with the same dates share a lot, in
/// which the oldest points go first; a return takes its own line's points before any others. Followed from
/// the state before the purchase through all entries since.
/// </summary>
internal sealed class LotLayers
{
    private readonly Dictionary<int, List<Layer>> _lots = [];
    private (string Store, string Receipt)? _purchase;

    private LotLayers(PurchaseHistory history)
    {
        foreach (var fact in history.Facts)
            if (fact is Fact.Earned earned)
                _lots.TryAdd(earned.Lot, []);
        foreach (var lot in history.Before.Lots)
            Add(lot.Number, null, lot.Remaining);
        Follow(history.Facts);
        foreach (var entry in history.Since)
            Follow(entry);
    }

    /// <summary>The layers as the history leaves them.</summary>
    public static LotLayers Of(PurchaseHistory history) => new(history);

    /// <summary>Follows one entry or, of the purchase's own, what the purchase caused.</summary>
    public void Follow(IEnumerable<Fact> facts)
    {
        _purchase = null;
        foreach (var fact in facts)
            Follow(fact);
    }

    /// <summary>Follows a fact of the entry that is being decided.</summary>
    public void Follow(Fact fact)
    {
        switch (fact)
        {
            case Fact.EventCounted or Fact.EventSettled or Fact.Fired:
                _purchase = null;
                break;
            case Fact.Purchased purchased:
                _purchase = (purchased.Store, purchased.Receipt);
                break;
            case Fact.Returned returned:
                _purchase = (returned.Store, returned.Receipt);
                break;
            case Fact.Earned earned:
                Add(earned.Lot, earned.Why?.Rule, earned.Amount - earned.Settled);
                break;
            case Fact.Activated activated:
                Draw(activated.Lot, activated.Settled);
                break;
            case Fact.Expired expired:
                Lapse(expired.Lot);
                break;
            case Fact.SpentPoints spent:
                Draw(spent.Parts);
                break;
            case Fact.Adjusted adjusted:
                Adjust(adjusted);
                break;
            case Fact.Reversed reversed:
                Reverse(reversed);
                break;
            default:
                break;
        }
    }

    /// <summary>What is left of a line of the purchase, in its own lot.</summary>
    public Points Left(PurchaseHistory history, Fact.Earned line) => Sum(history, line, layer => layer.Left);

    /// <summary>What of a line of the purchase has expired.</summary>
    public Points Lapsed(PurchaseHistory history, Fact.Earned line) =>
        Sum(history, line, layer => layer.Lapsed);

    private Points Sum(PurchaseHistory history, Fact.Earned line, Func<Layer, Points> part)
    {
        var (purchase, sum) = ((history.Purchase.Store, history.Purchase.Receipt), Points.Zero);
        foreach (var layer in _lots[line.Lot])
            if (layer.Is(purchase, line.Why?.Rule))
                sum += part(layer);
        return sum;
    }

    private void Add(int lot, string? rule, Points amount)
    {
        if (_lots.TryGetValue(lot, out var layers))
            layers.Add(new(_purchase, rule, amount));
    }

    private void Adjust(Fact.Adjusted fact)
    {
        if (fact.Lot is { } lot)
            Add(lot, null, fact.Amount - fact.Settled);
        Draw(fact.Parts);
    }

    private void Reverse(Fact.Reversed fact)
    {
        foreach (var part in fact.Parts)
        {
            var left = part.Amount;
            if (part.Lot == fact.Lot && _lots.TryGetValue(part.Lot, out var layers))
                foreach (var own in layers.Where(layer => layer.Is(_purchase, fact.Why?.Rule)))
                    left = own.Draw(left);
            Draw(part.Lot, left);
        }
    }

    private void Draw(IEnumerable<LotPart> parts)
    {
        foreach (var part in parts)
            Draw(part.Lot, part.Amount);
    }

    /// <summary>The oldest points go first.</summary>
    private void Draw(int lot, Points amount)
    {
        if (_lots.TryGetValue(lot, out var layers))
            foreach (var layer in layers)
                amount = layer.Draw(amount);
    }

    private void Lapse(int lot)
    {
        if (_lots.TryGetValue(lot, out var layers))
            foreach (var layer in layers)
                layer.Lapse();
    }

    private sealed class Layer((string Store, string Receipt)? purchase, string? rule, Points amount)
    {
        public Points Left { get; private set; } = amount;

        public Points Lapsed { get; private set; }

        public bool Is((string Store, string Receipt)? other, string? by) =>
            purchase is not null && purchase == other && rule == by;

        /// <summary>What of the amount is still to be found elsewhere.</summary>
        public Points Draw(Points amount)
        {
            var part = Points.Min(amount, Left);
            Left -= part;
            return amount - part;
        }

        public void Lapse() => (Lapsed, Left) = (Lapsed + Left, Points.Zero);
    }
}
