namespace MallVip.Rules.Members;

/// <summary>Up to which instant one of the events that time makes has been fired.</summary>
/// <param name="Event">As rules write it: <c>member.inactive(60d)</c>.</param>
public sealed record TimedMark(string Event, DateTimeOffset Through);
