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
    private long[] _pathStamps = [];
    private string?[] _paths = [];
    private long _stamp;

    public EvalContext Context { get; private set; } = null!;

    public List<RuleMatch> Matches { get; private set; } = null!;

    public static Evaluation Begin(EvalContext context, List<RuleMatch> matches, int tests, int paths)
    {
        var evaluation = _spare ?? new Evaluation();
        _spare = null;
        evaluation.Context = context;
        evaluation.Matches = matches;
        evaluation._stamp++;
        evaluation.Fit(tests, paths);
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

    public bool TryGetPath(int slot, out string? value)
    {
        value = _paths[slot];
        return _pathStamps[slot] == _stamp;
    }

    public string? SetPath(int slot, string? value)
    {
        _pathStamps[slot] = _stamp;
        return _paths[slot] = value;
    }

    private void Fit(int tests, int paths)
    {
        if (_testStamps.Length < tests)
        {
            _testStamps = new long[tests];
            _outcomes = new Outcome[tests];
            _faults = new CelError?[tests];
        }

        if (_pathStamps.Length < paths)
        {
            _pathStamps = new long[paths];
            _paths = new string?[paths];
        }
    }
}
