namespace MallVip.Grains.Journal;

/// <summary>
/// One piece of personal data, kept apart from the journal so that it can be deleted without changing a fold
/// or a hash. Entries hold the <paramref name="Handle"/> only.
/// </summary>
/// <param name="Handle">What entries say instead of the value (see <see cref="Pseudonym"/>); unique.</param>
/// <param name="Member">The member it belongs to, or the identity's id while unclaimed: what is deleted
/// together.</param>
/// <param name="Kind">What it is: <c>phone</c>, <c>name</c>, <c>plate</c>, a declared attribute.</param>
/// <param name="Value">The value in plain text.</param>
[GenerateSerializer, Immutable]
public sealed record PersonRow(
    [property: Id(0)] UInt128 Handle,
    [property: Id(1)] UInt128 Member,
    [property: Id(2)] string Kind,
    [property: Id(3)] string Value);
