using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>
/// Whose points are left in some lots. Lines with the same dates share a lot, in which the oldest points go
/// first; a return takes its own line's points before any others. Followed part by part: an entry's facts, or
/// those that one event of it caused.
/// </summary>
/// <param name="lots">The lots to follow, by number.</param>
internal sealed class LotLayers(IEnumerable<int> lots)
{
    private readonly Dictionary<int, List<LotLayer>> _lots =
        lots.Distinct().ToDictionary(lot => lot, _ => new List<LotLayer>());

    private (string Store, string Receipt)? _purchase;
    private int _part;

    /// <summary>The lines of a followed lot, oldest first.</summary>
    public IReadOnlyList<LotLayer> Of(int lot) => _lots[lot];

    /// <summary>Points that were in a lot before the first part.</summary>
    public void Open(int lot, Points left) => Add(lot, null, left, Points.Zero);

    /// <summary>Follows the next part.</summary>
    public void Follow(IEnumerable<Fact> facts)
    {
        _purchase = null;
        _part++;
        foreach (var fact in facts)
            Follow(fact);
    }

    /// <summary>Follows one more fact of the part.</summary>
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
                Add(earned.Lot, earned.Why?.Rule, earned.Amount, earned.Settled);
                break;
            case Fact.Activated activated:
                Draw(activated.Lot, activated.Settled);
                break;
            case Fact.Expired expired:
                Lapse(expired.Lot, expired.Amount);
                break;
            case Fact.SpentPoints spent:
                Draw(spent.Parts);
                break;
            case Fact.Adjusted adjusted:
                Move(adjusted.Lot, adjusted.Amount, adjusted.Settled, adjusted.Parts);
                break;
            case Fact.Transferred moved:
                Move(moved.Lot, moved.Amount, moved.Settled, moved.Parts);
                break;
            case Fact.WalletJoined joined:
                Draw(joined.Settled);
                break;
            case Fact.Reversed reversed:
                Reverse(reversed);
                break;
            default:
                break;
        }
    }

    private void Add(int lot, string? rule, Points amount, Points settled)
    {
        if (_lots.TryGetValue(lot, out var layers))
            layers.Add(new(_part, _purchase, rule, amount, settled));
    }

    private void Move(int? lot, Points amount, Points settled, ImmutableArray<LotPart> parts)
    {
        if (lot is { } number)
            Add(number, null, amount, settled);
        Draw(parts);
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

    private void Draw(int lot, Points amount)
    {
        if (_lots.TryGetValue(lot, out var layers))
            foreach (var layer in layers)
                amount = layer.Draw(amount);
    }

    private void Lapse(int lot, Points amount)
    {
        if (_lots.TryGetValue(lot, out var layers))
            foreach (var layer in layers)
                amount = layer.Lapse(amount);
    }
}
