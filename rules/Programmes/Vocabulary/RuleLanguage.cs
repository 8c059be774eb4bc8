using System.Collections.Concurrent;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>
/// The words that expressions of one programme may use, by event type, and the expressions compiled so far.
/// The next version of a programme with the same declarations takes over what it still uses, so that what has
/// not changed is not compiled again and what is gone is forgotten.
/// </summary>
internal sealed class RuleLanguage
{
    /// <summary>
    /// The name under which conditions of tiers and of the ends of tags are compiled: they know what all
    /// events have.
    /// </summary>
    public const string MemberConditions = "";

    private readonly ConcurrentDictionary<string, CelEnvironment<EvalContext>> _environments;
    private readonly ConcurrentDictionary<Key, CelCompilation<EvalContext>> _compiled = new();
    private readonly ConcurrentDictionary<(string EventType, string Text),
        CelExpression<EvalContext>> _conditions = new();
    private readonly ConcurrentDictionary<Key, CelCompilation<EvalContext>> _compiledBefore;
    private readonly ConcurrentDictionary<(string EventType, string Text),
        CelExpression<EvalContext>> _conditionsBefore;
    private readonly EventVocabulary _events;
    private readonly CelObjectType<EvalContext> _member;
    private int _compilations;

    public RuleLanguage(Declarations declared)
    {
        Declared = declared;
        _events = new(declared);
        _member = new MemberVocabulary(declared).Build();
        _environments = new(StringComparer.Ordinal);
        _compiledBefore = [];
        _conditionsBefore = [];
    }

    private RuleLanguage(RuleLanguage before)
    {
        Declared = before.Declared;
        (_events, _member, _environments) = (before._events, before._member, before._environments);
        (_compiledBefore, _conditionsBefore) = (before._compiled, before._conditions);
    }

    public Declarations Declared { get; }

    /// <summary>How many expressions this version had to compile.</summary>
    public int Compilations => _compilations;

    /// <summary>The same language for the next version of the programme.</summary>
    public RuleLanguage Next() => new(this);

    /// <param name="eventType">The rule's <c>on</c>, or <see cref="MemberConditions"/>.</param>
    public CelCompilation<EvalContext> Compile(string eventType, string source, CelType expected)
    {
        var key = new Key(eventType, source, expected.Name);
        if (_compiled.TryGetValue(key, out var known))
            return known;
        if (!_compiledBefore.TryGetValue(key, out known))
        {
            Interlocked.Increment(ref _compilations);
            known = EnvironmentOf(eventType).Compile(source, expected);
        }

        return _compiled.GetOrAdd(key, known);
    }

    /// <summary>
    /// The compiled form of a conjunct; rules of one event type with the same test share it.
    /// </summary>
    public CelExpression<EvalContext> ConditionOf(string eventType, CelConjunct<EvalContext> conjunct)
    {
        var key = (eventType, conjunct.Text);
        if (_conditions.TryGetValue(key, out var known))
            return known;
        if (!_conditionsBefore.TryGetValue(key, out known))
            known = conjunct.Compile();
        return _conditions.GetOrAdd(key, known);
    }

    private CelEnvironment<EvalContext> EnvironmentOf(string eventType) =>
        _environments.GetOrAdd(eventType, Build);

    private CelEnvironment<EvalContext> Build(string eventType)
    {
        var type = eventType.Length == 0 ? _events.Common("event") : _events.Build(eventType);
        return new CelEnvironment<EvalContext>()
            .Variable("event", context => context, type)
            .Variable("member", context => context, _member);
    }

    private readonly record struct Key(string EventType, string Source, string Expected);
}
