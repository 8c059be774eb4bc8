using MallVip.Grains.Journal;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Stock;

/// <summary>
/// Compares stocks with their members' entries: no piece is given without a reservation, none twice, and what
/// a stock counts as taken or given back, its member has been given or has given up. What it counts in all is
/// what its entries and its members' come to. Entries are visited in the order of the journal.
/// </summary>
public sealed class StockAudit
{
    private readonly Dictionary<string, Piece> _pieces = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, StockTotals> _totals = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _problems, .. _totals.Values.Select(totals => totals.Conclude()).OfType<string>()];

    /// <param name="entry">Of a stock.</param>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    public void Visit(JournalEntry entry)
    {
        var body = StockEntryBody.Parse(entry.Body);
        if (TotalsOf(body.Stock).Visit(body) is { } problem)
            _problems.Add($"{entry.Grain} {entry.Seq}: {problem}");
        foreach (var fact in body.Facts)
            switch (fact)
            {
                case StockFact.Reserved reserved:
                    Reserve(entry, reserved.Order.Piece);
                    break;
                case StockFact.Offered offered:
                    Reserve(entry, offered.Piece);
                    break;
                case StockFact.Taken taken:
                    if (_pieces.GetValueOrDefault(taken.Piece) is not { IsOpen: true, IsGiven: true })
                        Report(entry, "piece_not_given", $"No member was given {taken.Piece}.");
                    Change(taken.Piece, piece => piece with { IsOpen = false, IsTaken = true });
                    break;
                case StockFact.Released released:
                    if (_pieces.GetValueOrDefault(released.Piece) is not { IsOpen: true, IsGiven: false })
                        Report(entry, "piece_given", $"{released.Piece} is free and a member was given it.");
                    _pieces.Remove(released.Piece);
                    break;
                case StockFact.GaveBack back:
                    if (_pieces.GetValueOrDefault(back.Piece) is not { IsTaken: true, IsGivenUp: true })
                        Report(entry, "piece_not_given_up", $"{back.Piece} came back from nobody.");
                    _pieces.Remove(back.Piece);
                    break;
            }
    }

    /// <param name="entry">Of any member.</param>
    public void VisitMember(JournalEntry entry, IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
        {
            if (GivenBy(fact) is (var stock, { } given))
            {
                TotalsOf(stock).Give(given);
                if (_pieces.GetValueOrDefault(given) is not { IsOpen: true, IsGiven: false })
                    Report(entry, "piece_without_stock", $"{given} is not on its way to a member.");
                Change(given, before => before with { IsGiven = true });
            }

            if (GivenUpBy(fact) is { } back)
                Change(back, before => before with { IsGivenUp = true });
            if (fact is Fact.PieceReturned known && _pieces.ContainsKey(known.Piece))
                Report(entry, "piece_not_back", $"{known.Piece} is not back at its stock.");
        }
    }

    private static (string Stock, string? Piece) GivenBy(Fact fact) => fact switch
    {
        Fact.CouponGranted granted => (StockName.OfCoupon(granted.Template), granted.Piece),
        Fact.OrderPlaced placed => (StockName.OfReward(placed.Reward, placed.Mall), placed.Order),
        _ => default,
    };

    private static string? GivenUpBy(Fact fact) => fact switch
    {
        Fact.CouponReturned returned => returned.Piece,
        Fact.CouponEnded { How: "void" } ended => ended.Piece,
        Fact.OrderEnded ended => ended.Order,
        Fact.OrderReturned { Restock: true } back => back.Order,
        _ => null,
    };

    private StockTotals TotalsOf(string stock) => _totals.TryGetValue(stock, out var totals)
        ? totals : _totals[stock] = new(stock);

    private void Reserve(JournalEntry entry, string piece)
    {
        if (_pieces.ContainsKey(piece))
            Report(entry, "piece_reserved_twice", $"{piece} is reserved or taken already.");
        _pieces[piece] = new(IsOpen: true);
    }

    private void Change(string piece, Func<Piece, Piece> change) =>
        _pieces[piece] = change(_pieces.GetValueOrDefault(piece));

    private void Report(JournalEntry entry, string code, string sentence) =>
        _problems.Add($"{entry.Grain} {entry.Seq}: {code}: {sentence}");

    private readonly record struct Piece(
        bool IsOpen = false, bool IsGiven = false, bool IsTaken = false, bool IsGivenUp = false);
}
