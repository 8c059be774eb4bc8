using System.Collections.Immutable;

namespace MallVip.Rules.Checking;

/// <summary>Collects what is found, so that everything is reported at once.</summary>
internal sealed class Findings
{
    /// <summary>
    /// More errors than this, or more warnings, help nobody; the last one says that it was cut. Warnings take
    /// no error's place.
    /// </summary>
    public const int Most = 500;

    /// <summary>A name or value that a finding repeats is cut to so many characters.</summary>
    public const int LongestArg = 240;

    private readonly List<Diagnostic> _found = [];
    private int _warnings;

    public bool HasErrors => ErrorCount > 0;

    public int ErrorCount { get; private set; }

    public void Error(Place place, string code, params ReadOnlySpan<string> args) =>
        Add(new(code, place, [.. args]));

    public void Warning(Place place, string code, params ReadOnlySpan<string> args) =>
        Add(new(code, place, [.. args]) { Severity = Severity.Warning });

    /// <summary>An unknown name; when one of the known names is close to it, the hint says so.</summary>
    public void Unknown(Place place, string code, string name, IEnumerable<string> known,
        params ReadOnlySpan<string> more)
    {
        var candidates = known.ToArray();
        var near = Nearest.To(name, candidates);
        var diagnostic = new Diagnostic(code, place, [name, .. more]);
        if (near is not null)
            diagnostic = diagnostic with { HintCode = "HINT_DID_YOU_MEAN", HintArgs = [near] };
        else if (candidates.Length is > 0 and <= 24)
            diagnostic = diagnostic with { HintCode = "HINT_ONE_OF", HintArgs = [List(candidates)] };
        Add(diagnostic);
    }

    private static string List(string[] names) => string.Join(", ", names);

    public void Add(Diagnostic diagnostic)
    {
        var count = diagnostic.Severity == Severity.Error ? ++ErrorCount : ++_warnings;
        if (count <= Most)
            _found.Add(Cut(diagnostic));
        else if (count == Most + 1)
            _found.Add(new("TOO_MANY_FINDINGS", diagnostic.Place, [$"{Most}"])
            {
                Severity = diagnostic.Severity,
            });
    }

    private static Diagnostic Cut(Diagnostic diagnostic) =>
        diagnostic.Args.Any(arg => arg.Length > LongestArg)
            ? diagnostic with { Args = [.. diagnostic.Args.Select(Cut)] }
            : diagnostic;

    private static string Cut(string arg)
    {
        if (arg.Length <= LongestArg)
            return arg;
        var end = char.IsHighSurrogate(arg[LongestArg - 2]) ? LongestArg - 2 : LongestArg - 1;
        return string.Concat(arg.AsSpan(0, end), "…");
    }

    /// <summary>
    /// By file, line and column; what stands at one place keeps the order in which it was found.
    /// </summary>
    public ImmutableArray<Diagnostic> Sorted() =>
        [.. _found.OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line)
            .ThenBy(d => d.Place.Column)];
}
