namespace MallVip.Silo.Simulate;

/// <summary>
/// An event of the simulated mall; <see cref="SimulatedEventWriter"/> makes a CloudEvent of it.
/// </summary>
/// <param name="Id">Unique within a simulation, the same for the same options.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Subject">An identity, <c>phone:</c>, <c>card:</c> or <c>plate:</c>.</param>
/// <param name="Time">When it happened; arrival is the place in the stream.</param>
/// <param name="Data">What happened.</param>
public sealed record SimulatedEvent(
    string Id, string Type, string Subject, DateTimeOffset Time, SimulatedData Data);

/// <summary>What an event tells, one record per shape of the event table.</summary>
public abstract record SimulatedData
{
    private SimulatedData()
    {
    }

    /// <summary><c>member.registered</c>: identities of a new member, and who brought them.</summary>
    public sealed record Registration(IReadOnlyList<string> Identities, DateOnly Birthday, string? Referrer)
        : SimulatedData;

    /// <summary><c>mall.purchase</c>; paid in hundredths of the currency.</summary>
    public sealed record Purchase(
        string Receipt, SimulatedStore Store, long PaidCents, IReadOnlyList<PurchaseLine> Lines,
        string Tender)
        : SimulatedData;

    /// <summary>
    /// <c>mall.refund</c> of a whole purchase (<paramref name="Line"/> is 0) or of one of its lines.
    /// </summary>
    /// <param name="Number">The store's own number of the refund.</param>
    /// <param name="Of">The purchase.</param>
    /// <param name="Line">1-based position of the line that comes back; 0: all of them.</param>
    public sealed record Refund(string Number, Purchase Of, int Line) : SimulatedData;

    /// <summary><c>parking.entry</c> and <c>parking.exit</c>.</summary>
    public sealed record Parking(string Lot, string Plate, string Session) : SimulatedData;

    /// <summary><c>visit.door</c>.</summary>
    public sealed record Visit(string Mall, string Place) : SimulatedData;

    /// <summary><c>app.checkin</c>.</summary>
    public sealed record Checkin(string Page, string Place) : SimulatedData;
}

/// <summary>A line of a receipt; paid in hundredths of the currency, for all pieces.</summary>
public readonly record struct PurchaseLine(SimulatedProduct Product, int Qty, long PaidCents);

/// <summary>A product on a shelf.</summary>
public sealed record SimulatedProduct(string Sku, string Category, string Brand, long PriceCents);
