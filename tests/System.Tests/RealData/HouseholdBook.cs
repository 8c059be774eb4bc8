namespace MallVip.System.Tests.RealData;

/// <summary>
/// What a household has at the end of the year by the rules of <c>rules/library/completejourney</c>, worked
/// out a second time: from their words, with no code of the engine.
/// </summary>
internal sealed class HouseholdBook
{
    private readonly Dictionary<DateOnly, decimal> _spend = [];
    private readonly HashSet<DateOnly> _drugDays = [];
    private readonly Dictionary<int, long> _nationalByMonth = [];
    private readonly List<(DateOnly LastDay, long Amount)> _lots = [];
    private string _tier = "basic";
    private DateOnly? _tierLastDay;
    private long _growth;
    private int _baskets;

    /// <summary>Every household's end of year.</summary>
    public static Dictionary<string, HouseholdEnd> Close(IReadOnlyList<Basket> baskets)
    {
        var end = DateOnly.FromDateTime(baskets[^1].At);
        return baskets.GroupBy(basket => basket.Household).ToDictionary(group => group.Key, group =>
        {
            var book = new HouseholdBook();
            foreach (var basket in group)
                book.Buy(basket);
            return book.CloseOn(end);
        });
    }

    private void Buy(Basket basket)
    {
        var day = DateOnly.FromDateTime(basket.At);
        EndValidities(day);
        var points = Points(basket, day);
        if (_tier == "gold")
            points += points / 2;
        if (points > 0)
            _lots.Add((LastDay(day), points));
        _growth += Floor(basket.Paid * 100);
        _spend[day] = _spend.GetValueOrDefault(day) + basket.Paid;
        _baskets++;
        var reached = Reached(day);
        if (Rank(reached) > Rank(_tier))
            (_tier, _tierLastDay) = (reached, ValidThrough(reached, day));
    }

    private long Points(Basket basket, DateOnly day)
    {
        var points = Floor(basket.Paid) + Floor(basket.Produce * 2);
        if (basket.DrugGoods >= 3 && _drugDays.Add(day))
            points += 10;
        var national = (long)Math.Round(basket.National / 2, MidpointRounding.ToEven);
        var before = _nationalByMonth.GetValueOrDefault(day.Month);
        var given = Math.Min(national, 20 - before);
        _nationalByMonth[day.Month] = before + given;
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && basket.Paid >= 10;
        return points + given + (weekend ? 5 : 0);
    }

    private HouseholdEnd CloseOn(DateOnly end)
    {
        EndValidities(end);
        var earned = _lots.Sum(lot => lot.Amount);
        var expired = _lots.Where(lot => lot.LastDay < end).Sum(lot => lot.Amount);
        var spent = _spend.Values.Sum();
        return new(earned, expired, earned - expired, _growth, _tier, _tierLastDay, _baskets, spent);
    }

    /// <summary>Six months on, to the end of that month.</summary>
    private static DateOnly LastDay(DateOnly day) =>
        new DateOnly(day.Year, day.Month, 1).AddMonths(7).AddDays(-1);

    private void EndValidities(DateOnly today)
    {
        while (_tierLastDay is { } last && last < today)
        {
            _tier = Reached(last);
            _tierLastDay = ValidThrough(_tier, last);
        }
    }

    private string Reached(DateOnly day)
    {
        if (Spent(day, 180) >= 100 || DaysOf(day, 90).Count() >= 12)
            return "gold";
        return Spent(day, 90) >= 30 ? "silver" : "basic";
    }

    private decimal Spent(DateOnly day, int days) => DaysOf(day, days).Sum(known => known.Value);

    private IEnumerable<KeyValuePair<DateOnly, decimal>> DaysOf(DateOnly day, int days) =>
        _spend.Where(known => known.Key > day.AddDays(-days) && known.Key <= day);

    private static DateOnly? ValidThrough(string tier, DateOnly from) => tier switch
    {
        "gold" => from.AddMonths(4),
        "silver" => from.AddMonths(3),
        _ => null,
    };

    private static int Rank(string tier) => Array.IndexOf(["basic", "silver", "gold"], tier);

    private static long Floor(decimal amount) => (long)Math.Floor(amount);
}

/// <summary>A household at the end of the year.</summary>
internal sealed record HouseholdEnd(
    long Earned,
    long Expired,
    long Balance,
    long Growth,
    string? Tier,
    DateOnly? TierLastDay,
    int Baskets,
    decimal Spent);
