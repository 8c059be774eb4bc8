using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>
/// The working memory of one evaluation: every test and path is evaluated at most once per event. Kept per
/// thread and reused; a stamp tells this evaluation's results from older ones, so that nothing needs
/// clearing.
/// </summary>
internal sealed class Evaluation
{
    [ThreadStatic]
    private static Evaluation? _spare;

    private long[] _testStamps = [];
    private Outcome[] _outcomes = [];
    private CelError?[] _faults = [];
    private readonly Slots<string?> _texts = new();
    private readonly Slots<decimal?> _numbers = new();
    private long _stamp;

    public EvalContext Context { get; private set; } = null!;

    public List<RuleMatch> Matches { get; private set; } = null!;

    public static Evaluation Begin(EvalContext context, List<RuleMatch> matches, EventTypeNode type)
    {
        var evaluation = _spare ?? new Evaluation();
        _spare = null;
        evaluation.Context = context;
        evaluation.Matches = matches;
        evaluation._stamp++;
        evaluation.Fit(type.Tests);
        evaluation._texts.Fit(type.Texts);
        evaluation._numbers.Fit(type.Numbers);
        return evaluation;
    }

    public void End()
    {
        Context = null!;
        Matches = null!;
        _spare = this;
    }

    public bool TryGetOutcome(int slot, out Outcome outcome)
    {
        outcome = _outcomes[slot];
        return _testStamps[slot] == _stamp;
    }

    public Outcome SetOutcome(int slot, Outcome outcome, CelError? fault = null)
    {
        _testStamps[slot] = _stamp;
        _faults[slot] = fault;
        return _outcomes[slot] = outcome;
    }

    public CelError? FaultOf(int slot) => _faults[slot];

    public bool TryGetText(int slot, out string? value) => _texts.TryGet(slot, _stamp, out value);

    public string? SetText(int slot, string? value) => _texts.Set(slot, _stamp, value);

    public bool TryGetNumber(int slot, out decimal? value) => _numbers.TryGet(slot, _stamp, out value);

    public decimal? SetNumber(int slot, decimal? value) => _numbers.Set(slot, _stamp, value);

    private void Fit(int tests)
    {
        if (_testStamps.Length >= tests)
            return;
        _testStamps = new long[tests];
        _outcomes = new Outcome[tests];
        _faults = new CelError?[tests];
    }
}
