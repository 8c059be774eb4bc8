using MallVip.Rules.Quantities;

namespace MallVip.Grains.Explaining;

/// <summary>What would an event give?</summary>
/// <param name="Member">Whose it would be; null: a member who has just enrolled.</param>
/// <param name="Event">A CloudEvent in JSON, UTF-8; its subject is not read.</param>
/// <param name="Now">The clock of the decision; null: the silo's. In the past the member is taken as of
/// then, in the future as of now with all that falls due until then.</param>
public sealed record QuoteRequest(MemberId? Member, ReadOnlyMemory<byte> Event, DateTimeOffset? Now);
