using System.Collections.Immutable;

namespace MallVip.Rules.Parking;

/// <summary>
/// Walks through a visit block by block. Steps count the paid minutes since the rate began; a block that has
/// begun is paid whole and belongs to the period of its first minute. What is freed lies in no block.
/// </summary>
internal sealed class FeeLedger(
    Tariff tariff, TimeZoneInfo zone, DateTimeOffset entry, DateTimeOffset exit)
{
    private readonly List<FeePart> _parts = [];
    private readonly Dictionary<int, decimal> _periods = [];
    private TariffRate? _rate;
    private TariffStep? _step;
    private int _counted;
    private int _left;
    private decimal _ofRate;

    /// <summary>Frees minutes.</summary>
    /// <returns>How many were left to be freed.</returns>
    public int Free(PaidTime paid, string why, int most, DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0;
        foreach (var (begin, end) in paid.Cut(from > entry ? from : entry, to < exit ? to : exit, most))
        {
            var minutes = FeeClock.Minutes(begin, end);
            _parts.Add(new(begin, end, minutes, null, why, 0m, 0, 0, 0m));
            sum += minutes;
        }

        return sum;
    }

    /// <summary>Charges all that is left.</summary>
    public void Charge(PaidTime paid)
    {
        var spans = paid.Spans;
        var at = 0;
        foreach (var (from, to, rate, day) in FeeClock.Cut(tariff, entry, exit, zone))
        {
            Begin(rate);
            while (at < spans.Count && spans[at].To <= from)
                at++;
            for (var i = at; i < spans.Count && spans[i].From < to; i++)
                Charge(spans[i].From > from ? spans[i].From : from, spans[i].To < to ? spans[i].To : to, day);
        }
    }

    public ParkingFee ToFee(int minutes, ImmutableArray<int> used)
    {
        var parts = _parts.OrderBy(part => part.From).ToImmutableArray();
        return new(minutes, parts.Sum(part => part.Amount), parts, used);
    }

    private void Begin(TariffRate rate)
    {
        if (ReferenceEquals(_rate, rate))
            return;
        (_rate, _step, _counted, _left, _ofRate) = (rate, null, 0, 0, 0m);
    }

    private void Charge(DateTimeOffset from, DateTimeOffset to, DateOnly day)
    {
        while (from < to)
        {
            var begins = _left == 0;
            if (begins)
            {
                _step = _rate!.StepAt(_counted);
                _left = _step.Per;
            }

            var minutes = Math.Min(_left, FeeClock.Minutes(from, to));
            var amount = begins ? Priced(from, day) : 0m;
            Note(from, from.AddMinutes(minutes), minutes, begins ? 1 : 0, amount);
            from = from.AddMinutes(minutes);
            _left -= minutes;
            _counted += minutes;
        }
    }

    private decimal Priced(DateTimeOffset from, DateOnly day)
    {
        var amount = _step!.Price;
        if (_rate!.Cap is { } most)
            amount = Math.Min(amount, most - _ofRate);
        if (tariff.Cap is { } cap)
        {
            var period = cap.FromEntry
                ? FeeClock.Minutes(entry, from) / TariffRate.Day : day.DayNumber;
            var spent = _periods.GetValueOrDefault(period);
            amount = Math.Min(amount, cap.Amount - spent);
            _periods[period] = spent + amount;
        }

        _ofRate += amount;
        return amount;
    }

    /// <summary>What goes on where the last part ended, at the same price, is one part with it.</summary>
    private void Note(DateTimeOffset from, DateTimeOffset to, int minutes, int blocks, decimal amount)
    {
        if (_parts.Count > 0 && _parts[^1] is var last && last.To == from && last.Rate == _rate!.Id
            && last.Price == _step!.Price && last.Per == _step.Per)
            _parts[^1] = last with
            {
                To = to,
                Minutes = last.Minutes + minutes,
                Blocks = last.Blocks + blocks,
                Amount = last.Amount + amount,
            };
        else
            _parts.Add(new(
                from, to, minutes, _rate!.Id, null, _step!.Price, _step.Per, blocks, amount));
    }
}
