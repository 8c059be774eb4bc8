using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>
/// Points of one wallet that become active and lapse together, whatever earned them; of them the oldest are
/// spent first. Spend order of lots: earliest expiry (none is last), then oldest number. 40 bytes, because
/// every resident member holds a dozen.
/// </summary>
public readonly record struct Lot
{
    private readonly int _entry;
    private readonly MinuteStamp _activatesAt;
    private readonly MinuteStamp _expiresAt;

    [JsonConstructor]
    public Lot(
        int number,
        string wallet,
        Points amount,
        Points remaining,
        DateTimeOffset? activatesAt,
        DateTimeOffset? expiresAt,
        long entry,
        bool unconfirmed = false)
    {
        (Number, Wallet, Amount, Remaining) = (number, wallet, amount, remaining);
        (_activatesAt, _expiresAt, _entry) = (new(activatesAt), new(expiresAt), checked((int)entry));
        Unconfirmed = unconfirmed;
    }

    /// <summary>From 1 within the member.</summary>
    public int Number { get; init; }

    public string Wallet { get; init; }

    /// <summary>All that was ever put into it.</summary>
    public Points Amount { get; init; }

    /// <summary>
    /// What is left, after spends, returns and the paying-off of a negative balance. Above 0.
    /// </summary>
    public Points Remaining { get; init; }

    /// <summary>Pending until this instant (UTC, whole minutes); null: active. Of an unconfirmed lot: it
    /// lapses then; null: it waits.</summary>
    public DateTimeOffset? ActivatesAt
    {
        get => _activatesAt.Instant;
        init => _activatesAt = new(value);
    }

    /// <summary>The first instant at which it is gone (UTC, whole minutes); null: never.</summary>
    public DateTimeOffset? ExpiresAt
    {
        get => _expiresAt.Instant;
        init => _expiresAt = new(value);
    }

    /// <summary>The <c>seq</c> of the member's journal entry that opened it.</summary>
    public long Entry => Unconfirmed ? ~_entry : _entry;

    /// <summary>Pending until somebody confirms the receipt, whose own it is. In the sign of a field that has
    /// none: another byte would make it 48.</summary>
    public bool Unconfirmed
    {
        get => _entry < 0;
        init => _entry = value == (_entry < 0) ? _entry : ~_entry;
    }

    [JsonIgnore]
    public bool IsPending => _activatesAt != default || Unconfirmed;

    /// <summary>The lot with more points of the same dates in it.</summary>
    public Lot With(in Lot more) =>
        this with { Amount = Amount + more.Amount, Remaining = Remaining + more.Remaining };

    /// <summary>Whether this lot is spent before another one of its wallet.</summary>
    public bool ComesBefore(in Lot other)
    {
        var mine = ExpiresAt ?? DateTimeOffset.MaxValue;
        var theirs = other.ExpiresAt ?? DateTimeOffset.MaxValue;
        return mine < theirs || (mine == theirs && Number < other.Number);
    }
}
