namespace MallVip.Grains.Journal;

/// <summary>What kind of grain an entry belongs to. The numbers are stored: add at the end, never
/// renumber.</summary>
public enum GrainKind : byte
{
    /// <summary>The programme itself: the journal's first entry, publications of rules.</summary>
    Programme = 0,

    /// <summary>A member of the loyalty programme; the id is a random UUID.</summary>
    Member = 1,

    /// <summary>A phone, card, plate or openid; the id is an HMAC of it (see
    /// <see cref="Pseudonym"/>).</summary>
    Identity = 2,

    /// <summary>What a rule may give to all members together; the id is a hash of its name.</summary>
    Budget = 3,

    /// <summary>A list of actions on members that an operator handed in; the id is a hash of the request that
    /// did.</summary>
    Batch = 4,

    /// <summary>The book of all lists: one grain.</summary>
    BatchBook = 5,

    /// <summary>A receipt that operators hand in slips of; the id is a hash of store and receipt.</summary>
    Slip = 6,

    /// <summary>The slips of one day; the id is the day's number.</summary>
    SlipDay = 7,

    /// <summary>Something of which there is only so much; the id is a hash of its name.</summary>
    Stock = 8,

    /// <summary>A car park with a tariff; the id is a hash of its code.</summary>
    CarPark = 9,
}
