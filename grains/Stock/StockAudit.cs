using MallVip.Grains.Journal;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Stock;

/// <summary>
/// Compares stocks with their members' entries: no piece is given without a reservation, none twice, and what
/// a stock counts as taken or given back, its member has been given or has given up. Entries are visited in
/// the order of the journal.
/// </summary>
public sealed class StockAudit
{
    private readonly Dictionary<string, Piece> _pieces = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <param name="entry">Of a stock.</param>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    public void Visit(JournalEntry entry)
    {
        foreach (var fact in StockEntryBody.Parse(entry.Body).Facts)
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
            if (GivenBy(fact) is { } given)
            {
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

    private static string? GivenBy(Fact fact) => fact switch
    {
        Fact.CouponGranted granted => granted.Piece,
        Fact.OrderPlaced placed => placed.Order,
        _ => null,
    };

    private static string? GivenUpBy(Fact fact) => fact switch
    {
        Fact.CouponReturned returned => returned.Piece,
        Fact.CouponEnded { How: "void" } ended => ended.Piece,
        Fact.OrderEnded ended => ended.Order,
        Fact.OrderReturned { Restock: true } back => back.Order,
        _ => null,
    };

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
