using System.Collections.Immutable;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using MallVip.Rules.Checking;

namespace MallVip.Client.Problems;

/// <summary>A problem document (RFC 9457).</summary>
/// <param name="Type">A stable reference: <c>/errors/CODE</c>, described in <c>docs/errors.md</c>.</param>
/// <param name="Title">The code in words, in the caller's language.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The last part of the type; what programs should compare.</param>
/// <param name="Detail">What is wrong with this request, in the caller's language.</param>
/// <param name="Hint">What the caller can do, in the caller's language.</param>
/// <param name="Pointer">JSON path of the culprit.</param>
/// <param name="TraceId">Found in the silo's log next to the cause.</param>
/// <param name="Source">The refused event's source.</param>
/// <param name="Id">The refused event's id.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Code,
    string Detail,
    string? Hint = null,
    string? Pointer = null,
    string? TraceId = null,
    string? Source = null,
    string? Id = null)
{
    /// <summary>A publish that came too late: what is newest.</summary>
    public PublicationBody? Current { get; init; }

    /// <summary>A publish that came too late: what others have changed meanwhile.</summary>
    public ImmutableArray<ChangeBody>? Changes { get; init; }

    /// <summary>A draft that cannot be published: why.</summary>
    public ImmutableArray<DiagnosticBody>? Diagnostics { get; init; }

    /// <summary>A refusal as a document.</summary>
    public static ProblemBody Of(Refusal refusal, Language language) => new(
        $"/errors/{refusal.Code}",
        ErrorCatalog.Title(language, refusal.Code),
        refusal.Status,
        refusal.Code,
        SentenceTexts.Of(refusal.Detail, language),
        refusal.Hint is { } hint ? SentenceTexts.Of(hint, language) : null,
        refusal.Pointer);
}
