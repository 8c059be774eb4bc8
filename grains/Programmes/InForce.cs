using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Grains.Programmes;

/// <summary>A programme and what reads events as it declares them; the two change together.</summary>
public sealed record InForce(Programme Programme, EventParser Parser)
{
    public static InForce Of(Programme programme) => new(programme, new EventParser(programme));
}

/// <summary>A version that takes effect at an instant.</summary>
/// <param name="Ready">Null: this silo could not load it, and refuses writes from then on.</param>
internal sealed record Upcoming(DateTimeOffset At, string Version, InForce? Ready);

/// <summary>
/// A version is due that this silo has not loaded; deciding by the one before would be wrong. Over HTTP: 503.
/// </summary>
[GenerateSerializer]
public sealed class ProgrammeNotLoadedException(string version)
    : Exception($"Programme version {version} is due and is not loaded here.");
