"""Common English words, which are no typing errors of rarer ones: "else" is not "EVSE"."""

from __future__ import annotations

_WORDS = """
able about above accept according account across action activity actually added advance advanced advantage affect
afraid after again against agency agree ahead allow almost alone along already also although always among amount
another answer anybody anyone anything anyway apart appear apply area argue around arrive article aside asked asking
assume attend attitude author available average avoid away back based basic basically became because become been
before began begin behind being believe belong below benefit beside best better between beyond bigger bits board
body book borrow both bottom bought break brief bring broad brought build building built business call called came
cannot care carry case catch cause caused centre certain certainly chance change chapter cheap cheaper check chief
choice choose city claim class clean clear clearly close closer code cold come comes coming common company compare
complete concern condition consider contain continue control cool copy correct cost could count country couple
course cover create critical current daily data date deal decade decide deep deeply degree deliver depend describe
despite detail develop did differ different difficult direct discuss does doing done double doubt down draft drive
drop during each earlier early easier easily easy economy effect effort either else elsewhere end ended enough enter
entire entirely environment equal especially even event ever every everybody everyone everything exactly example
except exist expect explain extra face fact fail fair fall family famous fast faster favour fear feel felt fewer
field figure file fill final finally find fine finish firm first five fixed focus follow following force foreign
forget form formal former forward found four free fresh from front full fully fund further future gain gained gave
general get gets getting give given gives giving goal goes going gone good government grand great ground group grow
guess guide had half hand handle happen happened happy hard hardly have having head hear heard heavy held help
helped hence here high higher highest hold home hope host hour house however huge human hundred idea impact implied
important improve include including income indeed industry inside instead interest into invest involve involved
issue item itself join joint just keep kept kind knew know known knows lack large largely larger last late later
latest layman lead leader leading learn learned learning least leave left lesson lessons less level life light like
likely line link list listed little live local long longer look looked loose lose lost lots love lower lowest made
main mainly major make maker makes making many mark market material matter maybe mean meaning means meant measure
media meet meeting member mention mentioned might mind mine minor minus miss missing model modern moment money month
months more moreover most mostly move moved movement much must name named namely national near nearly necessary need
needed needs neither never nevertheless news newer next nice nobody none normal normally note noted notes nothing
notice number object obvious obviously offer office often older once ones only onto open opinion order other others
otherwise ought outside over overall owned owner page paid paper part particular partly parts party pass past path
people perhaps period person phase phrase pick picture piece place plain plan plant play please plenty plus point
points policy poor popular position possible possibly power prefer prepare prepared present press pretty prevent
previous price prior private probably problem process produce product program project promise proper properly
protect prove provide public publish purpose push puts quality quarter question quick quickly quite quote raise
range rank rapid rate rather ratio reach read reader ready real realize really reason recent recently record refer
regard relate related remain remember report require research rest result return right rise risk road role rose
round rule running safe safer safety said sale same save saying says scale scheme school search second secret
section sector seem seems seen sell send sense sent separate serious serve service set several shape share sharp
shift ship short should show showed shown shows side sign similar simple simply since single site size skill slow
slower slowly small smaller social solve some somebody somehow someone something sometimes somewhat somewhere soon
sorry sort sound source space speak speaker special specific speed spend spent spoke staff stage stand standard
start started starting state stay step steps still stock stop store story straight strategy stress strong stronger
study stuff style subject success such sudden suggest suit sum summary supply support suppose sure surely system
table take taken takes taking talk talked target task teach team tell tells tend term terms test text than thank
thanks that their them theme themselves then theory there therefore these they thing things think third this those
though thought thousand three through throughout thus tied tight time times title today together told tomorrow
tonight took tool topic total touch toward towards trade train travel treat tried true trust truth turn turned twice
type types typical under understand unit unless unlike until upon used useful user uses using usual usually value
various very view visit voice volume wait walk want wanted wants warm watch ways weak wealth week weeks weight well
went were what whatever when where whereas whether which while whilst whole whom whose wide widely will wise wish
with within without wonder word words work worked working works world worry worse worst worth would write writer
written wrong wrote year years yellow yes yesterday yet young your yours
"""
EVERYDAY = frozenset(_WORDS.split())
