using System.Collections.Immutable;
using MallVip.Rules.Checking;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What loading gives: a programme, or the reasons why there is none, or both (warnings).</summary>
/// <param name="Programme">Null: at least one diagnostic is an error.</param>
/// <param name="Diagnostics">All at once, by file, line and column.</param>
/// <param name="Compilations">How many expressions had to be compiled; the others were known from the version
/// before.</param>
/// <param name="Cases">How many cases ran.</param>
public sealed record ProgrammeResult(
    Programme? Programme, ImmutableArray<Diagnostic> Diagnostics, int Compilations, int Cases);
