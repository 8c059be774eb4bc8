using System.Collections.Immutable;

namespace MallVip.Client.Wire;

/// <summary>The programme that decides now.</summary>
/// <param name="Version">Content hash of its files; written into every entry that it decides.</param>
/// <param name="Name">Shown to people.</param>
/// <param name="Rules">How many.</param>
/// <param name="Newest">The newest publish, also the ETag; none: nothing was published yet.</param>
/// <param name="InForce">The publish that put it in force; none as for <paramref name="Newest"/>.</param>
/// <param name="Waiting">What is to take effect later, the soonest first.</param>
/// <param name="Refused">Why the files in the silo's folder are not published; none: they are.</param>
/// <param name="Files">By path; their text only with <c>files=true</c>.</param>
public sealed record ProgrammeStateBody(
    string Version, string Name, int Rules, ImmutableSortedDictionary<string, string?> Files,
    ImmutableArray<PublicationBody> Waiting, string? Newest = null, PublicationBody? InForce = null,
    ImmutableArray<DiagnosticBody>? Refused = null);

/// <summary>One publish.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Parent">The version published before it.</param>
/// <param name="Author">The API key's name; <c>file</c>: found in the silo's folder.</param>
/// <param name="How"><c>first</c>, <c>edited</c>, <c>published</c> or <c>rolled-back</c>.</param>
/// <param name="State"><c>in-force</c>, <c>waiting</c>, <c>past</c>, or <c>withdrawn</c>: it never took
/// effect.</param>
public sealed record PublicationBody(
    long Number, string Version, string Author, string Note, DateTimeOffset PublishedAt,
    DateTimeOffset EffectiveAt, string How, string State, string? Parent = null);

/// <summary>A page of the history, newest first.</summary>
/// <param name="Next">Pass as <c>cursor</c> for the next page; none: there is no more.</param>
public sealed record HistoryBody(ImmutableArray<PublicationBody> Publications, string? Next = null);

/// <summary>Files to be checked.</summary>
/// <param name="Files">By relative path with slashes; null takes a file of the base away.</param>
/// <param name="Base">A version or draft that the files are laid over; none: they are all.</param>
public sealed record DraftRequestBody(ImmutableSortedDictionary<string, string?> Files, string? Base = null);

/// <summary>Checked files.</summary>
/// <param name="Id">Content hash of the files; their version when they are published.</param>
/// <param name="Publishable">No mistakes, every case passes, and nothing vanishes that members hold.</param>
/// <param name="Rules">How many; none when there are mistakes.</param>
/// <param name="Cases">How many ran.</param>
/// <param name="Diagnostics">All findings at once, mistakes and warnings.</param>
/// <param name="Changes">Against what is in force.</param>
public sealed record DraftBody(
    string Id, bool Publishable, int Cases, ImmutableArray<DiagnosticBody> Diagnostics,
    ImmutableArray<ChangeBody> Changes, int? Rules = null);

/// <summary>A finding; see <c>docs/diagnostics.md</c>.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record DiagnosticBody(
    string Code, string Severity, string File, int Line, int Column, BothTexts Message,
    BothTexts? Hint = null);

/// <summary>A sentence in both languages.</summary>
public sealed record BothTexts(string En, string Zh);

/// <summary>One thing that differs between two versions.</summary>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="What"><c>rule</c>, <c>case</c>, <c>wallet</c>, <c>tier</c>, <c>store</c>, …</param>
/// <param name="Id">A rule's full id, or the declared name.</param>
public sealed record ChangeBody(string Change, string What, string Id, string File, int Line);

/// <summary>What differs between two versions.</summary>
public sealed record DiffBody(
    string From, string To, ImmutableArray<ChangeBody> Changes, ImmutableArray<FileDiffBody> Files);

/// <summary>A file that differs, as a unified diff.</summary>
public sealed record FileDiffBody(string Path, string Diff);

/// <summary>A draft to be put in force.</summary>
/// <param name="Draft">Its id.</param>
/// <param name="Note">What it is for, in a sentence; at most 500 characters.</param>
/// <param name="EffectiveAt">None: at once.</param>
/// <param name="Expected">The newest version that the author knew of; <c>*</c>: whatever it is. None: the
/// header <c>If-Match</c> says it.</param>
/// <param name="Allow">What may vanish though members hold it: <c>wallet:ID</c>, <c>tier:ID</c>.</param>
public sealed record PublishBody(
    string Draft, string? Note = null, DateTimeOffset? EffectiveAt = null, string? Expected = null,
    ImmutableArray<string>? Allow = null);

/// <summary>An earlier version to be put in force again.</summary>
/// <param name="To">The version, or at least 8 digits of it.</param>
/// <param name="Note">As in <see cref="PublishBody"/>.</param>
/// <param name="EffectiveAt">None: at once.</param>
/// <param name="Expected">As in <see cref="PublishBody"/>; none here: whatever it is.</param>
public sealed record RollbackBody(
    string To, string? Note = null, DateTimeOffset? EffectiveAt = null, string? Expected = null);

/// <summary>What became of a publish.</summary>
/// <param name="Status"><c>published</c>, <c>unchanged</c>, <c>duplicate</c>, or <c>dry-run</c>.</param>
/// <param name="Publication">None in a dry run.</param>
/// <param name="Changes">What it changed.</param>
/// <param name="Diagnostics">Warnings.</param>
/// <param name="Withdrawn">Publishes that were to take effect later and now do not.</param>
public sealed record PublishedBody(
    string Status, ImmutableArray<ChangeBody> Changes, ImmutableArray<DiagnosticBody> Diagnostics,
    ImmutableArray<PublicationBody> Withdrawn, PublicationBody? Publication = null);

/// <summary>News of the programme in the live feed.</summary>
/// <param name="Kind"><c>published</c>, <c>in-force</c> or <c>refused</c>.</param>
/// <param name="At">When it happened.</param>
/// <param name="Author">Of a publish.</param>
/// <param name="Note">Of a publish.</param>
/// <param name="EffectiveAt">Of a publish.</param>
/// <param name="Diagnostics">Of a refusal: the first ten.</param>
public sealed record LiveProgrammeBody(
    string Kind, DateTimeOffset At, string Version, string? Author = null, string? Note = null,
    DateTimeOffset? EffectiveAt = null, ImmutableArray<DiagnosticBody>? Diagnostics = null);
