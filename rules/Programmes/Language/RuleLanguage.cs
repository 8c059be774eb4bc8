using System.Collections.Concurrent;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Language;

/// <summary>
/// The words that expressions of one programme may use, by event type, and the expressions compiled so far. A later
/// version of the programme with the same declarations uses the same language, so that what has not changed is not
/// compiled again.
/// </summary>
internal sealed class RuleLanguage(Declarations declared)
{
    private const string TierEvent = "event";

    private readonly EventVocabulary _events = new(declared);
    private readonly ConcurrentDictionary<string, CelEnvironment<EvalContext>> _environments = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string EventType, string Source, string Expected), CelCompilation<EvalContext>>
        _compiled = new();

    private CelObjectType<EvalContext>? _member;

    public Declarations Declared => declared;

    /// <summary>Expressions that had to be compiled, since this language began.</summary>
    public int Compilations => _compiled.Count;

    /// <param name="eventType">The rule's <c>on</c>; empty: a tier condition, which knows what all events have.</param>
    public CelCompilation<EvalContext> Compile(string eventType, string source, CelType expected) =>
        _compiled.GetOrAdd(
            (eventType, source, expected.Name),
            static (key, arg) => arg.Language.EnvironmentOf(key.EventType).Compile(key.Source, arg.Expected),
            (Language: this, Expected: expected));

    private CelEnvironment<EvalContext> EnvironmentOf(string eventType) => _environments.GetOrAdd(eventType, Build);

    private CelEnvironment<EvalContext> Build(string eventType)
    {
        _member ??= new MemberVocabulary(declared).Build();
        var type = eventType.Length == 0 ? _events.Common(TierEvent) : _events.Build(eventType);
        return new CelEnvironment<EvalContext>()
            .Variable("event", c => c, type)
            .Variable("member", c => c, _member);
    }
}
